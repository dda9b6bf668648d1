package dev.papertape.benchmarks.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.benchmarks.Result;
import dev.papertape.benchmarks.Scenario;
import dev.papertape.benchmarks.crash.CheckFailed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * Fifty injections of each type and ten kills in the middle of one ({@code --quick}: three and
 * one), and what the proxy costs without any. Fails if one does not revert, or does so twice.
 */
public final class ChaosScenario implements Scenario {
  static final String NAME = "chaos";

  private static final int EACH = 50;
  private static final int EACH_QUICK = 3;
  private static final int KILLS = 10;
  private static final int KILLS_QUICK = 1;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Stream<Result> run(Options options) throws Exception {
    List<Result> results = new ArrayList<>(cost(ProxyCost.measured(options.quick())));
    Path folder = Files.createTempDirectory("papertape-chaos");
    ChaosRun.Report report;
    try {
      report =
          ChaosRun.in(
              folder, options.quick() ? EACH_QUICK : EACH, options.quick() ? KILLS_QUICK : KILLS);
    } catch (CheckFailed failed) {
      throw new CheckFailed(failed.getMessage() + " Kept in " + folder + ".", failed);
    }
    results.addAll(figures(report));
    if (report.twice() > 0 || report.finished().size() != report.injected()) {
      results.forEach(System.err::println);
      throw new CheckFailed(
          "%d of %d finished, %d undone or applied twice. Kept in %s."
              .formatted(report.finished().size(), report.injected(), report.twice(), folder));
    }
    FileSystemUtils.deleteRecursively(folder);
    return results.stream();
  }

  private static List<Result> cost(ProxyCost cost) {
    return List.of(
        Result.lessIsBetter(
            NAME, "proxy-rest-p50", "ms", cost.restMs(), cost.directRestMs(), "no proxy"),
        Result.alone(NAME, "proxy-socket-added-p50", "us", cost.socketMicros()),
        Result.alone(NAME, "proxy-cpu-a-message", "us", cost.cpuMicros()));
  }

  private static List<Result> figures(ChaosRun.Report report) {
    List<Result> figures = new ArrayList<>();
    for (String type : ChaosRun.TYPES) {
      List<JsonNode> of = report.of(type);
      figures.add(figure(type + "-finished", "experiments", of.size()));
      for (String verdict : List.of("WITHSTOOD", "DEVIATED", "INCONCLUSIVE")) {
        long count =
            of.stream().filter(each -> each.path("verdict").asText().equals(verdict)).count();
        figures.add(figure(type + "-" + verdict.toLowerCase(java.util.Locale.ROOT), "", count));
      }
      figures.add(
          figure(
              type + "-hits", "", of.stream().mapToLong(each -> each.path("hits").asLong()).sum()));
    }
    figures.add(figure("kills-during-a-fault", "kills", report.kills()));
    figures.add(figure("undone-or-applied-twice", "experiments", report.twice()));
    figures.add(figure("latest-undo-after-deadline", "ms", report.latestUndoMs()));
    return figures;
  }

  private static Result figure(String metric, String unit, long value) {
    return Result.alone(NAME, metric, unit, value);
  }
}
