package dev.papertape.simulator;

import dev.papertape.simulator.config.SimulatorConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The simulator as a process of its own: prints a line per venue when ready, stops on SIGTERM. */
@Command(
    name = "venue-simulator",
    mixinStandardHelpOptions = true,
    description = "Serves simulated venues in the wire formats of Binance, Coinbase and Kraken.")
public final class SimulatorMain implements Callable<Integer> {

  @Option(names = "--seed", description = "seed of all randomness (default: 1)")
  private @Nullable Long seed;

  @Option(names = "--host", description = "address to bind to (default: 127.0.0.1)")
  private @Nullable String host;

  @Option(
      names = "--port-base",
      description = "first venue's port, the next one's above it; 0 = free ports (default: 0)")
  private @Nullable Integer portBase;

  @Option(names = "--speed", description = "simulated time per real time (default: 1)")
  private @Nullable Double speed;

  @Option(names = "--config", description = "JSON file with the whole configuration")
  private @Nullable Path file;

  private SimulatorMain() {}

  public static void main(String[] arguments) {
    var command = new CommandLine(new SimulatorMain());
    command.setExecutionExceptionHandler(
        (failure, line, parsed) -> {
          line.getErr().println(line.getColorScheme().errorText(sentence(failure)));
          return CommandLine.ExitCode.SOFTWARE;
        });
    System.exit(command.execute(arguments));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var stopped = new CountDownLatch(1);
    try (VenueSimulator simulator = VenueSimulator.start(config())) {
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    simulator.close();
                    stopped.countDown();
                  },
                  "stop"));
      for (SimulatedVenue venue : simulator.venues()) {
        System.out.printf(
            Locale.ROOT,
            "%s %s %s %s%n",
            venue.name(),
            venue.restBaseUrl(),
            venue.wsBaseUrl(),
            String.join(",", venue.symbols()));
      }
      System.out.println("ready");
      stopped.await();
    }
    return CommandLine.ExitCode.OK;
  }

  private SimulatorConfig config() throws IOException {
    SimulatorConfig config =
        file == null
            ? SimulatorConfig.defaults(1).startedAt(System.currentTimeMillis())
            : SimulatorConfig.fromJson(Files.readString(file));
    if (seed != null) {
      config = config.withSeed(seed);
    }
    if (speed != null) {
      config = config.withSpeed(speed);
    }
    return config.withAddress(
        host == null ? config.host() : host, portBase == null ? config.portBase() : portBase);
  }

  private static String sentence(Exception failure) {
    return switch (failure) {
      case IOException unreadable -> "cannot read the configuration: " + unreadable.getMessage();
      case UncheckedIOException unbound -> String.valueOf(unbound.getMessage());
      case IllegalArgumentException invalid -> String.valueOf(invalid.getMessage());
      default -> failure.toString();
    };
  }
}
