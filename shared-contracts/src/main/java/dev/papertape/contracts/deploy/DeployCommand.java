package dev.papertape.contracts.deploy;

import dev.papertape.contracts.AggregateCommand;
import org.jspecify.annotations.Nullable;

/**
 * What may be asked of the deployment. One paper account has one active release and at most one
 * rollout that runs, so one aggregate guards both.
 */
public sealed interface DeployCommand extends AggregateCommand {
  /** The only deployment's aggregate identifier, and its stream. */
  String ID = "deploy:paper";

  String rolloutId();

  @Override
  default String aggregateId() {
    return ID;
  }

  /** An operator's word on a rollout that exists. */
  sealed interface OperatorCommand extends DeployCommand {
    /** Why; kept in the log, never blank. */
    String reason();
  }

  /**
   * Begins a rollout.
   *
   * @param rolloutId new, never used before; also salts the assignment of intents to arms
   * @param change what the candidate does otherwise than the active release
   * @param configured the release that is active as long as no rollout was ever completed
   */
  record RegisterCandidate(
      String rolloutId,
      String release,
      PolicyChange change,
      RolloutPolicy policy,
      PolicyBundle configured)
      implements DeployCommand {}

  /**
   * Draws what is to be drawn from an observation. Without effect when it is of a rollout that no
   * longer runs, or not newer than what was last acted on, so it may be sent again at any time.
   */
  record AssessRollout(String rolloutId, Observation observation) implements DeployCommand {}

  /** Holds the rollout where it is. */
  record PauseRollout(String rolloutId, String reason) implements OperatorCommand {}

  /** Goes on after a pause; after too many rollbacks in a row, lets rollouts begin again. */
  record ResumeRollout(String rolloutId, String reason) implements OperatorCommand {}

  /** Gives all traffic back to the active release, for good. */
  record AbortRollout(String rolloutId, String reason) implements OperatorCommand {}

  /**
   * One stage on, whatever the evidence says.
   *
   * @param latest the newest observation, null before the first
   */
  record PromoteRollout(String rolloutId, String reason, @Nullable Observation latest)
      implements OperatorCommand {}
}
