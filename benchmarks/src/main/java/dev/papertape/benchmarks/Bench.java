package dev.papertape.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs scenarios: {@code bench [SCENARIO…] [--quick] [--json]}. */
public final class Bench {
  private static final String ROW = "%-12s %-24s %14s %14s %8s  %-12s %s%n";

  private final List<Scenario> scenarios;
  private final ObjectMapper mapper = new ObjectMapper();

  Bench(List<Scenario> scenarios) {
    this.scenarios = scenarios.stream().sorted(Comparator.comparing(Scenario::name)).toList();
  }

  public static void main(String[] arguments) {
    List<Scenario> found =
        ServiceLoader.load(Scenario.class).stream().map(ServiceLoader.Provider::get).toList();
    System.exit(new Bench(found).run(List.of(arguments), System.out, System.err));
  }

  /**
   * @return the exit code: 0, 1 when a scenario failed, 2 for a call that is wrong
   */
  int run(List<String> arguments, PrintStream out, PrintStream err) {
    List<String> names = new ArrayList<>();
    boolean json = false;
    boolean quick = false;
    for (String argument : arguments) {
      switch (argument) {
        case "--json" -> json = true;
        case "--quick" -> quick = true;
        default -> names.add(argument);
      }
    }
    for (String name : names) {
      if (scenarios.stream().noneMatch(scenario -> scenario.name().equals(name))) {
        err.println("no scenario '" + name + "'; there are: " + known());
        return 2;
      }
    }
    if (!json) {
      out.printf(ROW, "scenario", "metric", "ours", "peer", "ratio", "unit", "peer is");
    }
    boolean failed = false;
    for (Scenario scenario : scenarios) {
      if (names.isEmpty() || names.contains(scenario.name())) {
        failed |= !run(scenario, new Scenario.Options(quick), json, out, err);
      }
    }
    return failed ? 1 : 0;
  }

  private boolean run(
      Scenario scenario, Scenario.Options options, boolean json, PrintStream out, PrintStream err) {
    try (Stream<Result> results = scenario.run(options)) {
      for (Result result : (Iterable<Result>) results::iterator) {
        if (json) {
          out.println(mapper.writeValueAsString(result));
        } else {
          out.print(row(result));
        }
        out.flush();
      }
      return true;
    } catch (Exception failure) {
      err.println("scenario '" + scenario.name() + "' failed: " + failure);
      return false;
    }
  }

  private String known() {
    return scenarios.stream().map(Scenario::name).collect(Collectors.joining(", "));
  }

  private static String row(Result result) {
    String peerName = result.peerName();
    return String.format(
        Locale.ROOT,
        ROW,
        result.scenario(),
        result.metric(),
        number(result.ours()),
        number(result.peer()),
        number(result.ratio()),
        result.unit(),
        peerName == null ? "" : peerName);
  }

  private static String number(@Nullable Double value) {
    if (value == null) {
      return "-";
    }
    return String.format(Locale.ROOT, value >= 1000 ? "%.0f" : "%.3f", value);
  }
}
