package dev.papertape.command.chaos;

import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosEvent.FaultReverted;
import dev.papertape.contracts.chaos.ExperimentState;
import dev.papertape.contracts.chaos.ExperimentStates;
import dev.papertape.contracts.chaos.SteadyState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An experiment that is not finished.
 *
 * @param duringSamples how many looks at the steady state are recorded of the fault's window
 * @param lostDuring the first of them that did not hold
 */
public record Experiment(
    ExperimentStarted plan,
    ExperimentState state,
    @Nullable SteadyState before,
    @Nullable Instant appliedAt,
    int duringSamples,
    @Nullable SteadyState lostDuring,
    @Nullable FaultReverted reverted,
    @Nullable SteadyState after) {

  static Experiment begun(ExperimentStarted plan) {
    return new Experiment(plan, ExperimentState.PENDING, null, null, 0, null, null, null);
  }

  public String id() {
    return plan.experimentId();
  }

  /** What an operator may ask for: {@code STOP}. */
  List<String> allowedActions() {
    return ExperimentStates.allowedActions(state);
  }

  Experiment observedBefore(SteadyState observed) {
    return new Experiment(
        plan, state, observed, appliedAt, duringSamples, lostDuring, reverted, after);
  }

  Experiment observedDuring(SteadyState observed) {
    SteadyState lost = lostDuring == null && !observed.held() ? observed : lostDuring;
    return new Experiment(plan, state, before, appliedAt, duringSamples + 1, lost, reverted, after);
  }

  Experiment observedAfter(SteadyState observed) {
    return new Experiment(
        plan, state, before, appliedAt, duringSamples, lostDuring, reverted, observed);
  }

  Experiment applied(Instant at) {
    return new Experiment(
        plan, ExperimentState.RUNNING, before, at, duringSamples, lostDuring, reverted, after);
  }

  Experiment taken(FaultReverted back) {
    return new Experiment(
        plan, ExperimentState.REVERTING, before, appliedAt, duringSamples, lostDuring, back, after);
  }
}
