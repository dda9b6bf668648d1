package dev.papertape.benchmarks.verdicts;

import dev.papertape.benchmarks.Result;
import dev.papertape.benchmarks.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * How often a rollout ends as it should, over {@link Case known candidates}: 1,500 seeded runs each
 * ({@code --quick}: 150), beside Argo-style windows and a z-test that is peeked at, on the same
 * streams. Shows the figures, then fails if one misses what is asked for by more than the number of
 * runs explains (nothing, in a full run), or if any recorded verdict is not what the recorded
 * counters give.
 */
public final class VerdictsScenario implements Scenario {
  private static final String NAME = "verdicts";
  private static final int RUNS = 1_500;
  private static final int RUNS_QUICK = 150;
  private static final double PERCENT = 100;

  /** Chance that a quick run fails for no reason, for each figure. */
  private static final double RISK = 1e-4;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Stream<Result> run(Options options) {
    int count = options.quick() ? RUNS_QUICK : RUNS;
    Findings findings = new Findings();
    Stream<Result> figures =
        Case.all().stream()
            .map(each -> CaseRuns.of(each, count))
            .peek(runs -> findings.add(runs, options.quick()))
            .flatMap(VerdictsScenario::figures);
    return Stream.concat(figures, Stream.of(findings).map(Findings::conclude));
  }

  /** What the cases so far say about the whole. */
  private static final class Findings {
    private final List<String> sentences = new ArrayList<>();
    private int recomputedOtherwise;

    void add(CaseRuns runs, boolean sample) {
      sentences.addAll(findings(runs, sample));
      recomputedOtherwise += runs.recomputedOtherwise();
    }

    Result conclude() {
      if (!sentences.isEmpty()) {
        throw new IllegalStateException(String.join(" ", sentences));
      }
      return Result.alone(NAME, "recomputed-otherwise", "rollouts", recomputedOtherwise);
    }
  }

  private static Stream<Result> figures(CaseRuns runs) {
    Case of = runs.ofCase();
    String wanted = of.name() + (of.never() ? "-not-" : "-") + lower(of.right());
    double ours = percent(runs, runs.right());
    List<Result> figures = new ArrayList<>();
    figures.add(beside(wanted, ours, percent(runs, runs.rightByArgo()), "Argo windows"));
    figures.add(
        beside(wanted + "-vs-z", ours, percent(runs, runs.rightByPeekingZ()), "peeking z-test"));
    for (Outcome outcome : Outcome.values()) {
      figures.add(
          Result.alone(
              NAME,
              of.name() + "-" + lower(outcome) + "-share",
              "%",
              percent(runs, runs.count(outcome))));
      Integer median = runs.median(outcome);
      if (median != null && outcome != Outcome.HELD) {
        figures.add(
            Result.alone(NAME, of.name() + "-" + lower(outcome) + "-median", "samples", median));
      }
    }
    Integer passes = runs.medianToPass();
    if (passes != null && of.right() == Outcome.PROMOTED) {
      figures.add(
          Result.alone(NAME, of.name() + "-" + of.judged() + "-passes-median", "samples", passes));
    }
    return figures.stream();
  }

  /** A peer that is never right has no ratio. */
  private static Result beside(String metric, double ours, double peer, String peerName) {
    return peer > 0
        ? Result.moreIsBetter(NAME, metric, "% right", ours, peer, peerName)
        : new Result(NAME, metric, "% right", ours, peer, peerName, null);
  }

  /** What misses the requirement, in whole sentences. */
  static List<String> findings(CaseRuns runs, boolean sample) {
    Case of = runs.ofCase();
    List<String> findings = new ArrayList<>();
    int n = runs.count();
    int least = sample ? BinomialFloor.of(n, of.atLeast(), RISK) : ceil(n * of.atLeast());
    if (runs.right() < least) {
      findings.add(
          "%s: %d of %d runs end right, %d are asked for."
              .formatted(of.name(), runs.right(), n, least));
    }
    int ended = runs.count(of.right());
    int half = sample ? BinomialFloor.of(ended, 1.0 / 2, RISK) : ceil(ended / 2.0);
    int within = runs.within(of.right(), of.medianAtMost());
    if (within < half) {
      findings.add(
          "%s: %d of %d runs end within %d samples, %d are asked for."
              .formatted(of.name(), within, ended, of.medianAtMost(), half));
    }
    if (runs.recomputedOtherwise() > 0) {
      findings.add(
          "%s: of %d rollouts the verdicts computed again are others."
              .formatted(of.name(), runs.recomputedOtherwise()));
    }
    return findings;
  }

  private static int ceil(double count) {
    return (int) Math.ceil(count);
  }

  private static double percent(CaseRuns runs, int count) {
    return PERCENT * count / runs.count();
  }

  private static String lower(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
