package dev.papertape.command.chaos;

import dev.papertape.contracts.chaos.ChaosCommand;
import dev.papertape.contracts.chaos.ChaosCommand.ApplyFault;
import dev.papertape.contracts.chaos.ChaosCommand.FinishExperiment;
import dev.papertape.contracts.chaos.ChaosCommand.ObserveSteadyState;
import dev.papertape.contracts.chaos.ChaosCommand.PullLever;
import dev.papertape.contracts.chaos.ChaosCommand.RefuseExperiment;
import dev.papertape.contracts.chaos.ChaosCommand.ReleaseLever;
import dev.papertape.contracts.chaos.ChaosCommand.RevertFault;
import dev.papertape.contracts.chaos.ChaosCommand.StartExperiment;
import dev.papertape.contracts.chaos.ChaosEvent;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentFinished;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentRefused;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosEvent.FaultApplied;
import dev.papertape.contracts.chaos.ChaosEvent.FaultReverted;
import dev.papertape.contracts.chaos.ChaosEvent.SafetyLeverPulled;
import dev.papertape.contracts.chaos.ChaosEvent.SafetyLeverReleased;
import dev.papertape.contracts.chaos.ChaosEvent.SteadyStateObserved;
import dev.papertape.contracts.chaos.ExperimentState;
import java.util.List;
import java.util.Optional;

/**
 * The desk's rule. One experiment a target at a time, none while the lever is pulled; a fault is
 * applied only after its undo stands in the log and before its deadline, and is taken back once.
 */
public final class ChaosDecider {
  private ChaosDecider() {}

  /**
   * Decides.
   *
   * @throws WrongChaosState when it is not possible as things stand
   */
  public static ChaosEvent decide(ChaosState state, ChaosCommand command) {
    return switch (command) {
      case StartExperiment start -> start(state, start);
      case ApplyFault apply -> apply(state, apply);
      case ObserveSteadyState seen -> {
        known(state, seen.experimentId());
        yield new SteadyStateObserved(seen.experimentId(), seen.phase(), seen.observed());
      }
      case RevertFault revert -> revert(state, revert);
      case FinishExperiment finish -> finish(state, finish);
      case RefuseExperiment refuse ->
          new ExperimentRefused(
              refuse.experimentId(),
              refuse.type(),
              refuse.target(),
              refuse.reason(),
              refuse.askedFor(),
              refuse.at());
      case PullLever pull -> {
        require(!state.leverPulled(), "the safety lever is pulled already", leverActions(true));
        yield new SafetyLeverPulled(pull.reason(), pull.at());
      }
      case ReleaseLever release -> {
        require(state.leverPulled(), "the safety lever is not pulled", leverActions(false));
        yield new SafetyLeverReleased(release.reason(), release.at());
      }
    };
  }

  /** What may be asked of the lever: {@code PULL_LEVER}, {@code RELEASE_LEVER}. */
  static List<String> leverActions(boolean pulled) {
    return List.of(pulled ? "RELEASE_LEVER" : "PULL_LEVER");
  }

  private static ChaosEvent start(ChaosState state, StartExperiment start) {
    require(
        !state.leverPulled(),
        "the safety lever is pulled: no experiment begins until it is released",
        leverActions(true));
    Optional<Experiment> there =
        state.experiments().stream()
            .filter(each -> each.plan().target().overlaps(start.target()))
            .findFirst();
    if (there.isPresent()) {
      Experiment other = there.get();
      throw new WrongChaosState(
          "experiment " + other.id() + " is " + other.state() + " on that target",
          other.allowedActions());
    }
    return new ExperimentStarted(
        start.experimentId(),
        start.type(),
        start.target(),
        start.seed(),
        start.intensity(),
        start.durationMs(),
        start.reason(),
        undo(start),
        start.at(),
        start.at().plusMillis(start.durationMs()));
  }

  private static String undo(StartExperiment start) {
    return switch (start.type()) {
      case WS_FLAP -> "close no further socket";
      case API_TIMEOUT -> "let held replies go and hold no further one";
      case L2_GAP -> "drop no further message";
      case DEPTH_SPIKE -> "change no further message, and send what was changed as it is";
    };
  }

  private static ChaosEvent apply(ChaosState state, ApplyFault apply) {
    Experiment experiment = known(state, apply.experimentId());
    require(
        experiment.state() == ExperimentState.PENDING && !state.leverPulled(),
        "its fault cannot be applied: " + experiment.state(),
        experiment.allowedActions());
    require(
        apply.at().isBefore(experiment.plan().endsAt()),
        "its deadline is over",
        experiment.allowedActions());
    return new FaultApplied(apply.experimentId(), apply.at());
  }

  private static ChaosEvent revert(ChaosState state, RevertFault revert) {
    Experiment experiment = known(state, revert.experimentId());
    require(
        experiment.state() == ExperimentState.RUNNING,
        "there is nothing to take back: " + experiment.state(),
        experiment.allowedActions());
    return new FaultReverted(revert.experimentId(), revert.cause(), revert.hits(), revert.at());
  }

  /** One that is running must be reverted first. */
  private static ChaosEvent finish(ChaosState state, FinishExperiment finish) {
    Experiment experiment = known(state, finish.experimentId());
    require(
        experiment.state() != ExperimentState.RUNNING,
        "its fault is still applied",
        experiment.allowedActions());
    return new ExperimentFinished(
        finish.experimentId(), finish.verdict(), finish.detail(), finish.at());
  }

  private static Experiment known(ChaosState state, String experimentId) {
    return state
        .find(experimentId)
        .orElseThrow(
            () -> new WrongChaosState("experiment " + experimentId + " is not open", List.of()));
  }

  private static void require(boolean holds, String otherwise, List<String> allowedActions) {
    if (!holds) {
      throw new WrongChaosState(otherwise, allowedActions);
    }
  }
}
