package dev.papertape.standalone.verb;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.papertape.command.market.candlefile.CandleFile;
import dev.papertape.command.market.candlefile.CandleReview;
import dev.papertape.command.market.candlefile.SecondVenueFile;
import dev.papertape.standalone.CouldNotRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code candles}: what candle files hold and what the guards say of it. A file that is damaged or
 * holds no candles is a failed check (exit code 1); what guards find in a whole one is the result.
 */
@Command(
    name = "candles",
    description =
        "Reads candle files (CSV, Lean zip, JSON; plain or gzip) and runs every guard over them;"
            + " prints one JSON object a file.",
    mixinStandardHelpOptions = true)
public final class CandlesVerb implements Callable<Integer> {
  private static final int CHECK_FAILED = 1;

  private final Clock clock;
  private final PrintStream out;
  private final PrintStream err;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "candle files; kind and interval are found by their content")
  private List<Path> files = List.of();

  @Option(
      names = "--confirm",
      paramLabel = "FILE",
      description =
          "a second venue's candles, of the same or a shorter interval, to judge spikes by")
  private @Nullable Path confirm;

  @Option(names = "--json", description = "prints JSON, as it does anyway")
  private boolean json;

  public CandlesVerb(Clock clock, PrintStream out, PrintStream err) {
    this.clock = clock;
    this.out = out;
    this.err = err;
  }

  /** A file's review and how fast it was. */
  private record Reviewed(CandleReview review, long rowsPerSecond) {}

  @Override
  public Integer call() throws JsonProcessingException {
    RecordingFiles.requireReadable(files);
    List<Reviewed> reviewed = new ArrayList<>();
    try (Progress progress = Progress.on(err)) {
      SecondVenueFile second = secondVenue(progress);
      for (Path file : files) {
        Reviewed now = review(file, second, progress);
        reviewed.forEach(earlier -> earlier.review().compare(now.review()));
        reviewed.add(now);
      }
    }
    ObjectMapper mapper =
        new ObjectMapper()
            .registerModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    for (Reviewed each : reviewed) {
      out.println(mapper.writeValueAsString(each.review().report(each.rowsPerSecond())));
    }
    return reviewed.stream().allMatch(each -> each.review().isWhole()) ? 0 : CHECK_FAILED;
  }

  private @Nullable SecondVenueFile secondVenue(Progress progress) {
    Path file = confirm;
    if (file == null) {
      return null;
    }
    RecordingFiles.requireReadable(List.of(file));
    CandleFile candles = read(file, progress);
    if (candles.interval() == null) {
      throw new CouldNotRun("The file %s holds no candles to confirm with.".formatted(file));
    }
    return new SecondVenueFile(candles);
  }

  private Reviewed review(Path file, @Nullable SecondVenueFile second, Progress progress) {
    long started = System.nanoTime();
    CandleReview review = new CandleReview(read(file, progress), second, clock.instant());
    long nanos = Math.max(1, System.nanoTime() - started);
    long rowsPerSecond =
        Math.round(review.rows() * (double) Duration.ofSeconds(1).toNanos() / nanos);
    return new Reviewed(review, rowsPerSecond);
  }

  private static CandleFile read(Path file, Progress progress) {
    progress.begin(String.valueOf(file.getFileName()), -1);
    try {
      return CandleFile.read(file, progress::at);
    } catch (IOException unreadable) {
      throw new CouldNotRun(
          "The file %s cannot be read: %s.".formatted(file, unreadable.getMessage()), unreadable);
    }
  }
}
