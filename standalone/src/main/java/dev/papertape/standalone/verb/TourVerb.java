package dev.papertape.standalone.verb;

import dev.papertape.standalone.CouldNotRun;
import dev.papertape.standalone.tour.Tour;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tour}: every route of a running system once, as a page. */
@Command(
    name = "tour",
    description =
        "Calls every route of a running system once, commands too, and writes the calls and the"
            + " replies down; exit code 1 if one was not as it should be or is missing.",
    mixinStandardHelpOptions = true)
public final class TourVerb implements Callable<Integer> {
  private static final int CHECK_FAILED = 1;

  private final Clock clock;
  private final PrintStream err;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://localhost:5000",
      description = "the running system (default: ${DEFAULT-VALUE})")
  private URI url = URI.create("http://localhost:5000");

  @Option(
      names = "--out",
      paramLabel = "FILE",
      defaultValue = "docs/api-tour.md",
      description = "where the page goes (default: ${DEFAULT-VALUE})")
  private Path page = Path.of("docs/api-tour.md");

  public TourVerb(Clock clock, PrintStream err) {
    this.clock = clock;
    this.err = err;
  }

  @Override
  public Integer call() throws InterruptedException {
    List<String> wrong;
    try (HttpClient client = HttpClient.newHttpClient();
        PrintStream to =
            new PrintStream(Files.newOutputStream(page), false, StandardCharsets.UTF_8)) {
      wrong = new Tour(url, client, clock.instant()).write(to);
    } catch (IOException failed) {
      throw new CouldNotRun(
          "The tour of %s into %s ended early: %s.".formatted(url, page, failed), failed);
    }
    wrong.forEach(err::println);
    return wrong.isEmpty() ? 0 : CHECK_FAILED;
  }
}
