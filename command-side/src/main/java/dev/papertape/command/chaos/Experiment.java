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
 * @param noticed signs that the system noticed the fault in its window, so far as was seen
 */
public record Experiment(
    ExperimentStarted plan,
    ExperimentState state,
    @Nullable SteadyState before,
    @Nullable Instant appliedAt,
    int duringSamples,
    @Nullable SteadyState lostDuring,
    long noticed,
    @Nullable FaultReverted reverted,
    @Nullable SteadyState after) {

  static Experiment begun(ExperimentStarted plan) {
    return new Experiment(plan, ExperimentState.PENDING, null, null, 0, null, 0, null, null);
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
        plan, state, observed, appliedAt, duringSamples, lostDuring, noticed, reverted, after);
  }

  Experiment observedDuring(SteadyState observed) {
    SteadyState lost = lostDuring == null && !observed.held() ? observed : lostDuring;
    long most = Math.max(noticed, SteadyStateProbes.noticed(observed));
    return new Experiment(
        plan, state, before, appliedAt, duringSamples + 1, lost, most, reverted, after);
  }

  Experiment observedAfter(SteadyState observed) {
    return new Experiment(
        plan, state, before, appliedAt, duringSamples, lostDuring, noticed, reverted, observed);
  }

  Experiment applied(Instant at) {
    return new Experiment(
        plan,
        ExperimentState.RUNNING,
        before,
        at,
        duringSamples,
        lostDuring,
        noticed,
        reverted,
        after);
  }

  Experiment taken(FaultReverted back) {
    return new Experiment(
        plan,
        ExperimentState.REVERTING,
        before,
        appliedAt,
        duringSamples,
        lostDuring,
        noticed,
        back,
        after);
  }
}
