package dev.papertape.standalone.verb;

import dev.papertape.standalone.CouldNotRun;
import dev.papertape.standalone.serve.ServeOptions;
import dev.papertape.standalone.serve.ServeOptions.Environment;
import dev.papertape.standalone.serve.ServeOptions.Feed;
import dev.papertape.standalone.serve.Server;
import dev.papertape.standalone.serve.Speed;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code serve}: the whole system until it is stopped. */
@Command(
    name = "serve",
    description = "Runs the whole system until it is stopped.",
    mixinStandardHelpOptions = true)
public final class ServeVerb implements Callable<Integer> {

  private final Server server;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      defaultValue = "5000",
      description = "HTTP port on loopback; 0 takes a free one (default: ${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "--feed",
      paramLabel = "FEED",
      description = "simulator, live or recording (default: simulator)")
  private @Nullable Feed feed;

  @Option(
      names = "--recording",
      paramLabel = "FILE",
      arity = "1..*",
      description = "what --feed recording plays; several are merged by receive time")
  private List<Path> recordings = List.of();

  @Option(
      names = "--speed",
      paramLabel = "SPEED",
      converter = SpeedOption.class,
      description = "of a recording: real, max or a factor such as 10x (default: real)")
  private @Nullable Speed speed;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of the simulator's and the engine's randomness (default: 1)")
  private @Nullable Long seed;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "data folder (default: ./${DEFAULT-VALUE})")
  private Path data = Path.of("data");

  @Option(
      names = "--database-url",
      paramLabel = "URL",
      defaultValue = "${sys:papertape.database.url:-${env:PAPERTAPE_DATABASE_URL}}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description =
          "JDBC URL of a PostgreSQL 15 or newer instead of the embedded one; user and password in"
              + " PAPERTAPE_DATABASE_USER and PAPERTAPE_DATABASE_PASSWORD")
  private @Nullable String databaseUrl;

  @Option(
      names = "--env",
      paramLabel = "ENV",
      description = "dev or prod; faults can be injected in dev only (default: dev)")
  private @Nullable Environment env;

  public ServeVerb(Server server) {
    this.server = server;
  }

  @Override
  public Integer call() throws InterruptedException {
    server.run(options());
    return 0;
  }

  private ServeOptions options() {
    if (port < 0 || port > 65_535) {
      throw new CouldNotRun("A port is a number from 0 to 65535, not %d.".formatted(port));
    }
    if ((feed == Feed.RECORDING) == recordings.isEmpty()) {
      throw new CouldNotRun("--feed recording and --recording FILE go together.");
    }
    RecordingFiles.requireReadable(recordings);
    String url = databaseUrl == null || databaseUrl.isBlank() ? null : databaseUrl;
    return new ServeOptions(port, data, url, feed, recordings, speed, seed, env);
  }
}
