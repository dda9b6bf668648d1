package dev.papertape.command.chaos;

import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosEvent.FaultReverted;
import dev.papertape.contracts.chaos.Probe;
import dev.papertape.contracts.chaos.RevertCause;
import dev.papertape.contracts.chaos.SteadyPhase;
import dev.papertape.contracts.chaos.SteadyState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is to be done next about an experiment: pure. */
sealed interface NextStep {
  /** How long a steady state may take to be found before a fault, of its duration at most half. */
  Duration LONGEST_PATIENCE = Duration.ofSeconds(5);

  /** Until the undo has reached every book: what is seen sooner may be older than it. */
  Duration UNDO_ARRIVES_WITHIN = Duration.ofSeconds(1);

  /** How long the system may take to find its steady state again. */
  Duration LONGEST_RECOVERY = Duration.ofSeconds(30);

  /** The same where everything else begins anew too. */
  Duration LONGEST_RECOVERY_OF_A_RESTART = Duration.ofMinutes(2);

  /** A look that says the same as the one before is recorded this often. */
  Duration OBSERVE_EVERY = Duration.ofSeconds(1);

  /**
   * An experiment may not cost more: behind by so many ms, or silent for as long, the engine is not
   * usable any more.
   */
  double MOST_LAG_MS = 10_000;

  record Wait() implements NextStep {}

  /** Record what was seen. */
  record Observe(SteadyPhase phase) implements NextStep {}

  record Apply() implements NextStep {}

  record Revert(RevertCause cause) implements NextStep {}

  record Finish(Verdicts verdict) implements NextStep {}

  /**
   * Decides.
   *
   * @param seen the steady state just now
   * @param recorded what was recorded last of the fault's window, null without
   */
  static NextStep of(
      Experiment experiment, SteadyState seen, @Nullable SteadyState recorded, Instant now) {
    return switch (experiment.state()) {
      case PENDING -> pending(experiment, seen, now);
      case RUNNING -> running(experiment, seen, recorded, now);
      case REVERTING -> reverting(experiment, seen, now);
      case FINISHED, REFUSED -> new Wait();
    };
  }

  private static NextStep pending(Experiment experiment, SteadyState seen, Instant now) {
    ExperimentStarted plan = experiment.plan();
    SteadyState before = experiment.before();
    if (before == null) {
      Duration half = Duration.ofMillis(plan.durationMs() / 2);
      Duration patience = half.compareTo(LONGEST_PATIENCE) < 0 ? half : LONGEST_PATIENCE;
      boolean over = !now.isBefore(plan.startedAt().plus(patience));
      return seen.held() || over ? new Observe(SteadyPhase.BEFORE) : new Wait();
    }
    if (!before.held()) {
      return new Finish(Verdicts.inconclusive("there was no steady state before"));
    }
    return now.isBefore(plan.endsAt())
        ? new Apply()
        : new Finish(Verdicts.inconclusive("its deadline was over before its fault was applied"));
  }

  private static NextStep running(
      Experiment experiment, SteadyState seen, @Nullable SteadyState recorded, Instant now) {
    // Also at the end: that it was noticed is what the fault was for.
    if (SteadyStateProbes.noticed(seen) > 0
        && (recorded == null || SteadyStateProbes.noticed(recorded) == 0)) {
      return new Observe(SteadyPhase.DURING);
    }
    if (!now.isBefore(experiment.plan().endsAt())) {
      return new Revert(RevertCause.DEADLINE);
    }
    if (seen.probes().stream().anyMatch(NextStep::isTooMuch)) {
      return new Revert(RevertCause.STOP_CONDITION);
    }
    boolean isNews =
        recorded == null
            || recorded.held() != seen.held()
            || !recorded.at().plus(OBSERVE_EVERY).isAfter(now);
    return isNews ? new Observe(SteadyPhase.DURING) : new Wait();
  }

  private static boolean isTooMuch(Probe probe) {
    Double value = probe.value();
    return probe.name().equals(SteadyStateProbes.ENGINE_LAG_MS)
        && value != null
        && value > MOST_LAG_MS;
  }

  private static NextStep reverting(Experiment experiment, SteadyState seen, Instant now) {
    if (experiment.after() != null) {
      return new Finish(Verdicts.of(experiment));
    }
    FaultReverted reverted = experiment.reverted();
    if (reverted == null || now.isBefore(reverted.at().plus(UNDO_ARRIVES_WITHIN))) {
      return new Wait();
    }
    boolean over = !now.isBefore(reverted.at().plus(recovery(reverted)));
    return seen.held() || over ? new Observe(SteadyPhase.AFTER) : new Wait();
  }

  private static Duration recovery(FaultReverted reverted) {
    return reverted.cause() == RevertCause.RESTART
        ? LONGEST_RECOVERY_OF_A_RESTART
        : LONGEST_RECOVERY;
  }
}
