package dev.papertape.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.standalone.verb.BenchRequest;
import dev.papertape.standalone.verb.Benchmarks;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs scenarios: {@code bench [SCENARIO…] [--quick] [--json]}. */
public final class Bench implements Benchmarks {
  private static final String ROW = "%-12s %-40s %14s %14s %8s  %-12s %s%n";

  private final List<Scenario> scenarios;
  private final ObjectMapper mapper = new ObjectMapper();

  Bench(List<Scenario> scenarios) {
    this.scenarios = scenarios.stream().sorted(Comparator.comparing(Scenario::name)).toList();
  }

  /** With every scenario on the class path: how the command line finds it. */
  public Bench() {
    this(ServiceLoader.load(Scenario.class).stream().map(ServiceLoader.Provider::get).toList());
  }

  @Override
  public int run(BenchRequest request, PrintStream out, PrintStream err) {
    List<String> names = request.scenarios();
    boolean json = request.json();
    for (String name : names) {
      if (scenarios.stream().noneMatch(scenario -> scenario.name().equals(name))) {
        err.println("There is no scenario '" + name + "'; there are: " + known() + ".");
        return 2;
      }
    }
    if (!json) {
      out.printf(ROW, "scenario", "metric", "ours", "peer", "ratio", "unit", "peer is");
    }
    boolean failed = false;
    for (Scenario scenario : scenarios) {
      if (names.isEmpty() || names.contains(scenario.name())) {
        failed |= !run(scenario, new Scenario.Options(request.quick()), json, out, err);
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
