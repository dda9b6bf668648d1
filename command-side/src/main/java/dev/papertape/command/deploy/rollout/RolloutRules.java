package dev.papertape.command.deploy.rollout;

import dev.papertape.contracts.deploy.AlphaParameters;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployCommand.AbortRollout;
import dev.papertape.contracts.deploy.DeployCommand.AssessRollout;
import dev.papertape.contracts.deploy.DeployCommand.OperatorCommand;
import dev.papertape.contracts.deploy.DeployCommand.PauseRollout;
import dev.papertape.contracts.deploy.DeployCommand.PromoteRollout;
import dev.papertape.contracts.deploy.DeployCommand.RegisterCandidate;
import dev.papertape.contracts.deploy.DeployCommand.ResumeRollout;
import dev.papertape.contracts.deploy.DeployEvent.CandidateRegistered;
import dev.papertape.contracts.deploy.DeployEvent.CutoverCompleted;
import dev.papertape.contracts.deploy.DeployEvent.RolledBack;
import dev.papertape.contracts.deploy.DeployEvent.RolloutAborted;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.RolloutPaused;
import dev.papertape.contracts.deploy.DeployEvent.RolloutResumed;
import dev.papertape.contracts.deploy.DeployEvent.StageEntered;
import dev.papertape.contracts.deploy.DeployEvent.VerdictReached;
import dev.papertape.contracts.deploy.PolicyBundle;
import dev.papertape.contracts.deploy.RolloutAction;
import dev.papertape.contracts.deploy.Stage;
import dev.papertape.contracts.deploy.Trigger;
import java.util.List;

/**
 * The deployment's rule. One rollout at a time; what ended never begins again.
 *
 * <pre>
 *   CANDIDATE ─► CANARY ─► PARTIAL … ─► ACTIVE      evidence, or an operator one step at a time
 *     └────────────┴──────────┴───► ROLLED_BACK     FAIL of any SLO, paused or not
 *     └────────────┴──────────┴───► PAUSED ─► back  operator
 *     └────────────┴──────────┴───► ABORTED         operator, paused or not
 * </pre>
 */
public final class RolloutRules {
  private RolloutRules() {}

  /**
   * Decides.
   *
   * @return what happened, in order; empty for an assessment that changes nothing
   * @throws WrongRolloutState when the command does not fit where the deployment stands
   * @throws UnknownRollout when an operator speaks of a rollout that never was
   */
  public static List<RolloutEvent> decide(Deployment deployment, DeployCommand command) {
    return switch (command) {
      case RegisterCandidate register -> List.of(register(deployment, register));
      case AssessRollout assess -> assess(deployment, assess);
      case PauseRollout pause -> {
        Rollout rollout = allowed(deployment, pause, RolloutAction.PAUSE);
        yield List.of(new RolloutPaused(pause.rolloutId(), rollout.stage(), pause.reason()));
      }
      case ResumeRollout resume -> {
        Rollout rollout = allowed(deployment, resume, RolloutAction.RESUME);
        Stage stage = rollout.stage() == Stage.PAUSED ? rollout.rule().stage() : rollout.stage();
        yield List.of(new RolloutResumed(resume.rolloutId(), stage, resume.reason()));
      }
      case AbortRollout abort -> {
        Rollout rollout = allowed(deployment, abort, RolloutAction.ABORT);
        yield List.of(
            new RolloutAborted(
                abort.rolloutId(), rollout.stage(), rollout.baseline().release(), abort.reason()));
      }
      case PromoteRollout promote -> {
        Rollout rollout = allowed(deployment, promote, RolloutAction.PROMOTE);
        yield List.of(
            Progress.next(
                rollout,
                Trigger.OPERATOR,
                promote.reason(),
                promote.latest() == null ? null : Assessment.of(rollout, promote.latest())));
      }
    };
  }

  /** The deployment after an event. */
  public static Deployment after(Deployment before, RolloutEvent event) {
    if (event instanceof CandidateRegistered first) {
      return before.begun(
          Rollout.registered(
              first.rolloutId(), first.candidate(), first.baseline(), first.policy()));
    }
    Rollout rollout = before.rollout();
    if (rollout == null || !rollout.rolloutId().equals(event.rolloutId())) {
      throw new IllegalStateException(event + " is not of the newest rollout");
    }
    return switch (event) {
      case CandidateRegistered _ -> throw new IllegalStateException("handled above");
      case StageEntered entered ->
          before.with(rollout.entered(entered.step(), entered.feedTime(), entered.evidence()));
      case VerdictReached reached ->
          before.with(
              rollout.judged(
                  reached.assessment().counts().slo(),
                  reached.assessment().verdict(),
                  reached.toPosition()));
      case RolloutPaused _ -> before.with(rollout.in(Stage.PAUSED));
      case RolloutResumed resumed ->
          resumed.stage() == Stage.ROLLED_BACK
              ? before.rolledBack(0, false, rollout)
              : before.with(rollout.in(resumed.stage()));
      case RolloutAborted _ -> before.with(rollout.in(Stage.ABORTED));
      case CutoverCompleted completed ->
          before.cutOver(completed.active(), rollout.in(Stage.ACTIVE));
      case RolledBack back ->
          before.rolledBack(
              back.rollbacksInRow(), back.awaitsPerson(), rollout.in(Stage.ROLLED_BACK));
    };
  }

  private static RolloutEvent register(Deployment deployment, RegisterCandidate command) {
    List<RolloutAction> actions = deployment.allowedActions();
    if (!actions.contains(RolloutAction.REGISTER)) {
      Rollout rollout = deployment.rollout();
      throw new WrongRolloutState(
          deployment.awaitsPerson()
              ? deployment.rollbacksInRow() + " rollbacks in a row wait for an operator's resume"
              : "rollout " + (rollout == null ? "" : rollout.rolloutId()) + " is not over",
          actions);
    }
    if (deployment.rolloutIds().contains(command.rolloutId())) {
      throw new WrongRolloutState("rollout " + command.rolloutId() + " was begun before", actions);
    }
    PolicyBundle active = deployment.active(command.configured());
    PolicyBundle candidate = command.change().over(active, command.release());
    if (candidate.release().equals(active.release()) || candidate.decidesAs(active)) {
      throw new WrongRolloutState(
          "release " + command.release() + " is no other than the active " + active.release(),
          actions);
    }
    AlphaParameters.Momentum momentum = candidate.alphas().momentum();
    if (!(momentum.enter() > momentum.exit())) {
      // The edge looked at the release that was active then.
      throw new WrongRolloutState(
          "with the active release's other threshold, enter is not above exit", actions);
    }
    PolicyBundle namesake = deployment.releases().get(candidate.release());
    if (namesake != null) {
      // Its router's version may be another name than the change gives it: the first one holds.
      if (!namesake.decidesAs(candidate)) {
        throw new WrongRolloutState(
            "release " + command.release() + " was registered before with other values", actions);
      }
      candidate = namesake;
    }
    return new CandidateRegistered(command.rolloutId(), candidate, active, command.policy());
  }

  private static List<RolloutEvent> assess(Deployment deployment, AssessRollout command) {
    Rollout rollout = deployment.rollout();
    if (rollout == null || !rollout.rolloutId().equals(command.rolloutId())) {
      return List.of();
    }
    boolean isNews = command.observation().toPosition() > rollout.actedOn();
    return rollout.stage().runs() && isNews
        ? Progress.assess(deployment, rollout, command.observation())
        : List.of();
  }

  private static Rollout allowed(
      Deployment deployment, OperatorCommand command, RolloutAction action) {
    if (!deployment.rolloutIds().contains(command.rolloutId())) {
      throw new UnknownRollout(command.rolloutId(), deployment.rolloutIds());
    }
    Rollout rollout = deployment.rollout();
    if (rollout == null || !rollout.rolloutId().equals(command.rolloutId())) {
      throw new WrongRolloutState(
          "rollout " + command.rolloutId() + " is over", deployment.allowedActions());
    }
    if (!deployment.allowedActions().contains(action)) {
      throw new WrongRolloutState(
          "rollout " + command.rolloutId() + " is " + rollout.stage(), deployment.allowedActions());
    }
    return rollout;
  }
}
