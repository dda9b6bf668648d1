package dev.papertape.contracts.chaos;

import dev.papertape.contracts.chaos.ChaosEvent.ExperimentEvent;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentFinished;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentRefused;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosEvent.FaultApplied;
import dev.papertape.contracts.chaos.ChaosEvent.FaultReverted;
import dev.papertape.contracts.chaos.ChaosEvent.SteadyStateObserved;
import java.util.List;

/** Which event leads to which state, and what may be asked for in it. */
public final class ExperimentStates {
  private ExperimentStates() {}

  public static ExperimentState after(ExperimentState before, ExperimentEvent event) {
    return switch (event) {
      case ExperimentStarted _ -> ExperimentState.PENDING;
      case FaultApplied _ -> ExperimentState.RUNNING;
      case SteadyStateObserved _ -> before;
      case FaultReverted _ -> ExperimentState.REVERTING;
      case ExperimentFinished _ -> ExperimentState.FINISHED;
      case ExperimentRefused _ -> ExperimentState.REFUSED;
    };
  }

  /** {@code STOP}, or nothing. */
  public static List<String> allowedActions(ExperimentState state) {
    return switch (state) {
      case PENDING, RUNNING -> List.of("STOP");
      case REVERTING, FINISHED, REFUSED -> List.of();
    };
  }
}
