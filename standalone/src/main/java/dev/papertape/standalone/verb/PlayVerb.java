package dev.papertape.standalone.verb;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.papertape.standalone.CouldNotRun;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code play}: recordings at full speed into a fresh log. */
@Command(
    name = "play",
    description = "Plays recordings at full speed into a fresh log; prints one JSON object.",
    mixinStandardHelpOptions = true)
public final class PlayVerb implements Callable<Integer> {

  private final PrintStream out;
  private final PrintStream err;

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "recordings of any known kind, merged by receive time")
  private List<Path> files = List.of();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keeps the log in this new data folder (default: thrown away)")
  private @Nullable Path data;

  @Option(names = "--no-trading", description = "keeps books only; no alpha trades")
  private boolean noTrading;

  @Option(names = "--json", description = "prints JSON, as it does anyway")
  private boolean json;

  public PlayVerb(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() throws Exception {
    RecordingFiles.requireReadable(files);
    if (data != null && Files.exists(data.resolve("postgres/cluster"))) {
      throw new CouldNotRun(
          "The data folder %s holds a log already: play needs a fresh one.".formatted(data));
    }
    Playback playback =
        ServiceLoader.load(Playback.class)
            .findFirst()
            .orElseThrow(() -> new CouldNotRun("This build of Papertape plays no recordings."));
    try (Progress progress = Progress.on(err)) {
      Object result = playback.play(new PlayRequest(files, data, !noTrading), progress);
      out.println(
          new ObjectMapper()
              .registerModule(new JavaTimeModule())
              .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
              .writeValueAsString(result));
    }
    return 0;
  }
}
