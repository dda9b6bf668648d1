package dev.papertape.standalone.verb;

import dev.papertape.standalone.CouldNotRun;
import java.io.PrintStream;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code bench}: figures beside a peer's, from the same run. */
@Command(
    name = "bench",
    description = "Measures scenarios, each beside its peer in the same run.",
    mixinStandardHelpOptions = true)
public final class BenchVerb implements Callable<Integer> {

  private final PrintStream out;
  private final PrintStream err;

  @Parameters(paramLabel = "SCENARIO", arity = "0..*", description = "which (default: all)")
  private List<String> scenarios = List.of();

  @Option(names = "--quick", description = "shows that it works, not how fast it is")
  private boolean quick;

  @Option(names = "--json", description = "prints one JSON object a line")
  private boolean json;

  public BenchVerb(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    return ServiceLoader.load(Benchmarks.class)
        .findFirst()
        .orElseThrow(
            () ->
                new CouldNotRun(
                    "The benchmarks are not on the class path: start them with ./papertape bench."))
        .run(new BenchRequest(scenarios, quick, json), out, err);
  }
}
