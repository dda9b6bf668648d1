package dev.papertape.command.deploy;

import dev.papertape.command.deploy.rollout.ArmAssignment;
import dev.papertape.command.deploy.rollout.Deployment;
import dev.papertape.command.deploy.rollout.Rollout;
import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.Stage;
import org.jspecify.annotations.Nullable;

/**
 * What decisions are made under, as the deployment's events have it: the active release, and the
 * rollout that runs. Immutable; the engine takes a whole one between two inputs.
 */
public record Releases(ReleasePolicy active, @Nullable Trial trial) {

  /**
   * A rollout that runs.
   *
   * @param sampledPercent share of the intents in each arm
   * @param executes whether the candidate decides for real; in the shadow it only decides
   * @param arms who is in which arm at this stage
   * @param isPaused whether an operator holds it: live intents go on, the demo pace makes none
   */
  public record Trial(
      String rolloutId,
      ReleasePolicy candidate,
      RolloutPolicy policy,
      int sampledPercent,
      boolean executes,
      ArmAssignment arms,
      boolean isPaused) {

    private static Trial of(Rollout rollout) {
      return new Trial(
          rollout.rolloutId(),
          ReleasePolicy.of(rollout.candidate()),
          rollout.policy(),
          rollout.sampledPercent(),
          rollout.trafficPercent() > 0,
          new ArmAssignment(rollout.rolloutId(), rollout.sampledPercent()),
          rollout.stage() == Stage.PAUSED);
    }
  }

  /**
   * Whose policies an intent meets.
   *
   * @param baseline the active release
   * @param candidate the release on trial, null for an intent in neither arm
   * @param candidateExecutes whether the candidate's decision is done
   */
  public record Assignment(
      Arm arm,
      ReleasePolicy baseline,
      @Nullable ReleasePolicy candidate,
      boolean candidateExecutes) {}

  /** No rollout. */
  public static Releases of(ReleasePolicy active) {
    return new Releases(active, null);
  }

  /**
   * @param configured active as long as no rollout was completed
   */
  public static Releases of(Deployment deployment, ReleasePolicy configured) {
    Rollout rollout = deployment.rollout();
    if (rollout != null && rollout.stage().runs()) {
      return new Releases(ReleasePolicy.of(rollout.baseline()), Trial.of(rollout));
    }
    return of(ReleasePolicy.of(deployment.active(configured.bundle())));
  }

  /** A function of the intent's id, the rollout and its stage alone. */
  public Assignment assign(String intentId) {
    if (trial == null) {
      return new Assignment(Arm.BASELINE, active, null, false);
    }
    Arm arm = trial.arms().of(intentId);
    return switch (arm) {
      case BASELINE -> new Assignment(arm, active, null, false);
      case CANDIDATE -> new Assignment(arm, active, trial.candidate(), trial.executes());
      case CONTROL -> new Assignment(arm, active, trial.candidate(), false);
    };
  }
}
