package dev.papertape.standalone;

import dev.papertape.eventstore.embedded.EmbeddedPostgresException;
import dev.papertape.standalone.serve.Server;
import dev.papertape.standalone.verb.BacktestVerb;
import dev.papertape.standalone.verb.BenchVerb;
import dev.papertape.standalone.verb.CandlesVerb;
import dev.papertape.standalone.verb.PlayVerb;
import dev.papertape.standalone.verb.RecordVerb;
import dev.papertape.standalone.verb.ServeVerb;
import dev.papertape.standalone.verb.TourVerb;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The program. Exit codes: 0 good, 1 a check failed, 2 could not run (one sentence says why). */
@Command(
    name = "papertape",
    description = "A crypto paper-trading engine with a flight recorder.",
    mixinStandardHelpOptions = true,
    version = "Papertape 0.1.0",
    subcommands = HelpCommand.class)
public final class Papertape {

  private static final int COULD_NOT_RUN = 2;
  private static final Set<String> OPTIONS_OF_ITS_OWN = Set.of("-h", "--help", "-V", "--version");

  private Papertape() {}

  public static void main(String[] arguments) {
    // Axon reads these as system properties only: it would phone home and advertise.
    System.setProperty("axoniq.update-checker.disabled", "true");
    System.setProperty("disable-axoniq-console-message", "true");
    if (isOneShot(arguments)) {
      // Standard output belongs to the result; Spring configures the logging of `serve`.
      System.setProperty("logback.configurationFile", "logback-verb.xml");
    }
    System.exit(run(System.out, System.err, arguments));
  }

  private static boolean isOneShot(String... arguments) {
    return arguments.length > 0
        && Set.of("play", "bench", "record", "candles", "backtest", "tour").contains(arguments[0]);
  }

  /** Runs the verb named first, `serve` without one, and returns the exit code. */
  static int run(PrintStream out, PrintStream err, String... arguments) {
    CommandLine line = new CommandLine(new Papertape());
    line.addSubcommand(new ServeVerb(new Server(out)));
    line.addSubcommand(new PlayVerb(out, err));
    line.addSubcommand(new RecordVerb(out, err));
    line.addSubcommand(new BenchVerb(out, err));
    line.addSubcommand(new CandlesVerb(Clock.systemUTC(), out, err));
    line.addSubcommand(new BacktestVerb(out, err));
    line.addSubcommand(new TourVerb(Clock.systemUTC(), err));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOut(new java.io.PrintWriter(out, true));
    line.setErr(new java.io.PrintWriter(err, true));
    line.setParameterExceptionHandler((e, _) -> refused(e, err));
    line.setExecutionExceptionHandler((e, _, _) -> failed(e, err));
    return line.execute(withVerb(arguments));
  }

  private static String[] withVerb(String[] arguments) {
    boolean hasVerb =
        arguments.length > 0
            && (!arguments[0].startsWith("-") || OPTIONS_OF_ITS_OWN.contains(arguments[0]));
    return hasVerb
        ? arguments
        : Stream.concat(Stream.of("serve"), Stream.of(arguments)).toArray(String[]::new);
  }

  private static int refused(ParameterException e, PrintStream err) {
    err.printf(
        "%s (see `%s --help`).%n",
        String.valueOf(e.getMessage()).replaceFirst("\\.$", ""),
        e.getCommandLine().getCommandSpec().qualifiedName());
    return COULD_NOT_RUN;
  }

  private static int failed(Exception e, PrintStream err) {
    switch (e) {
      case CouldNotRun _, EmbeddedPostgresException _ -> err.println(e.getMessage());
      default -> e.printStackTrace(err);
    }
    return COULD_NOT_RUN;
  }
}
