package dev.papertape.benchmarks.verdicts;

import dev.papertape.contracts.deploy.Slo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candidate and a control arm with known shares of bad samples.
 *
 * @param name part of the metric's name
 * @param candidate what the candidate does
 * @param control what the control arm does
 * @param faulty what both arms do while a fault hits everybody, null for never
 * @param judged the SLO that the peers look at, and whose samples are counted
 * @param right the outcome that is right, or the one that is wrong when {@code never}
 * @param never whether {@code right} names what must not happen
 * @param atLeast share of right outcomes that is asked for, 0 to 1
 * @param medianAtMost samples to that outcome, {@code Integer.MAX_VALUE} where nothing is asked
 */
record Case(
    String name,
    Shares candidate,
    Shares control,
    @Nullable Shares faulty,
    Slo judged,
    Outcome right,
    boolean never,
    double atLeast,
    int medianAtMost) {
  private static final int ANY = Integer.MAX_VALUE;

  /** Some way into the rollout, and before a good candidate is through. */
  private static final int FAULT_FROM = 300;

  private static final double OUTAGE = 0.8;
  private static final double LATENCY = 0.025;
  private static final double QOS = 0.025;
  private static final double ERRORS = 0.005;

  /** What an intent's arm does at that time. */
  Shares at(int intent, boolean isCandidate) {
    if (faulty != null && intent >= FAULT_FROM) {
      return faulty;
    }
    return isCandidate ? candidate : control;
  }

  boolean isRight(Outcome outcome) {
    return (outcome == right) != never;
  }

  /** The table of the reference: shares of bad are half the bound where nothing else is said. */
  static List<Case> all() {
    return List.of(
        errors("errors-0.5-0.5", 0.005, 0.005, Outcome.PROMOTED, false, 0.99, 350),
        errors("errors-1-0.5", 0.01, 0.005, Outcome.ABORTED, true, 0.95, ANY),
        new Case(
            "all-at-bound",
            new Shares(0.05, 0.01, 0.05),
            new Shares(LATENCY, ERRORS, QOS),
            null,
            Slo.ERROR_RATE,
            Outcome.ABORTED,
            true,
            0.95,
            ANY),
        errors("errors-1.5-0.5", 0.015, 0.005, Outcome.PROMOTED, true, 0.59, ANY),
        errors("errors-3-0.5", 0.03, 0.005, Outcome.ABORTED, false, 0.99, 550),
        errors("errors-5-0.5", 0.05, 0.005, Outcome.ABORTED, false, 0.995, 250),
        errors("errors-3-3", 0.03, 0.03, Outcome.HELD, false, 0.98, ANY),
        errors("errors-5-5", 0.05, 0.05, Outcome.HELD, false, 0.98, ANY),
        new Case(
            "outage-of-both",
            new Shares(LATENCY, ERRORS, QOS),
            new Shares(LATENCY, ERRORS, QOS),
            new Shares(OUTAGE, OUTAGE, OUTAGE),
            Slo.ERROR_RATE,
            Outcome.HELD,
            false,
            0.98,
            ANY),
        latency("p95-2.5-2.5", 0.025, 0.025, Outcome.PROMOTED, 0.99),
        latency("p95-15-2.5", 0.15, 0.025, Outcome.ABORTED, 0.99));
  }

  private static Case errors(
      String name,
      double candidate,
      double control,
      Outcome right,
      boolean never,
      double atLeast,
      int medianAtMost) {
    return new Case(
        name,
        new Shares(LATENCY, candidate, QOS),
        new Shares(LATENCY, control, QOS),
        null,
        Slo.ERROR_RATE,
        right,
        never,
        atLeast,
        medianAtMost);
  }

  private static Case latency(
      String name, double candidate, double control, Outcome right, double atLeast) {
    return new Case(
        name,
        new Shares(candidate, ERRORS, QOS),
        new Shares(control, ERRORS, QOS),
        null,
        Slo.P95_LATENCY,
        right,
        false,
        atLeast,
        ANY);
  }
}
