package dev.papertape.contracts.deploy;

import dev.papertape.contracts.DomainEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of releases: streams {@code deploy:paper} and {@code slo:<rolloutId>}. */
public sealed interface DeployEvent extends DomainEvent {
  String rolloutId();

  /** A step of the rollout itself; stream {@code deploy:paper}. */
  sealed interface RolloutEvent extends DeployEvent {}

  /**
   * A rollout began, in stage {@code CANDIDATE}.
   *
   * @param candidate whole: what was not asked to change is the baseline's
   * @param baseline the active release
   */
  record CandidateRegistered(
      String rolloutId, PolicyBundle candidate, PolicyBundle baseline, RolloutPolicy policy)
      implements RolloutEvent {}

  /**
   * A stage was entered. Of a stage that began before the feed's time was known (the first one; one
   * that an operator ordered before the first observation) a second such event with the same step
   * says from when it counts.
   *
   * @param step index into the policy's stages
   * @param trafficPercent that the candidate executes from now on
   * @param feedTime from which the dwell counts, null if not known yet
   * @param evidence null before the first observation
   */
  record StageEntered(
      String rolloutId,
      int step,
      Stage stage,
      int trafficPercent,
      Trigger by,
      String reason,
      @Nullable Instant feedTime,
      @Nullable Evidence evidence)
      implements RolloutEvent {}

  /** The verdict on one SLO is another than before. */
  record VerdictReached(
      String rolloutId,
      SloVerdict previous,
      SloAssessment assessment,
      long fromPosition,
      long toPosition,
      Instant feedTime)
      implements RolloutEvent {}

  /**
   * @param stage that it stays in
   */
  record RolloutPaused(String rolloutId, Stage stage, String reason) implements RolloutEvent {}

  /**
   * @param stage that it is in from now on; {@code ROLLED_BACK} when this only lets rollouts begin
   *     again after too many rollbacks in a row
   */
  record RolloutResumed(String rolloutId, Stage stage, String reason) implements RolloutEvent {}

  /**
   * @param stage that it was in
   * @param active the release that has all traffic again
   */
  record RolloutAborted(String rolloutId, Stage stage, String active, String reason)
      implements RolloutEvent {}

  /**
   * The candidate is the active release; stage {@code ACTIVE}.
   *
   * @param active from now on
   * @param previous the release that was active until now
   */
  record CutoverCompleted(
      String rolloutId,
      PolicyBundle active,
      String previous,
      Trigger by,
      String reason,
      @Nullable Instant feedTime,
      @Nullable Evidence evidence)
      implements RolloutEvent {}

  /**
   * The evidence was against the candidate.
   *
   * @param stage that it was in
   * @param active the release that has all traffic again
   * @param rollbacksInRow with this one
   * @param awaitsPerson whether these were too many: nothing is registered until an operator
   *     resumes
   */
  record RolledBack(
      String rolloutId,
      Stage stage,
      String active,
      String reason,
      Evidence evidence,
      int rollbacksInRow,
      boolean awaitsPerson)
      implements RolloutEvent {}

  /**
   * What the engine has counted since the rollout began; stream {@code slo:<rolloutId>}.
   *
   * @param life of the engine that counts; counts go on from life to life
   * @param since feed time from which it was counted
   * @param feedTime up to which it was counted
   * @param slos cumulative, one of each SLO of the policy
   * @param demo the intents of the demo pace, null where the rollout's pace is another
   * @param evidence of these counts, one of each of {@code slos}; null in events of older releases
   */
  record SlosObserved(
      String rolloutId,
      long life,
      Instant since,
      Instant feedTime,
      List<SloCounts> slos,
      @Nullable DemoTraffic demo,
      @Nullable List<SloEvidence> evidence)
      implements DeployEvent {
    /** Stream of the observations of a rollout. */
    public static String stream(String rolloutId) {
      return "slo:" + rolloutId;
    }

    public SlosObserved {
      slos = List.copyOf(slos);
      evidence = evidence == null ? null : List.copyOf(evidence);
    }

    /** Of a rollout of live traffic. */
    public SlosObserved(
        String rolloutId, long life, Instant since, Instant feedTime, List<SloCounts> slos) {
      this(rolloutId, life, since, feedTime, slos, null, null);
    }

    /** As releases wrote it that recorded no evidence. */
    public SlosObserved(
        String rolloutId,
        long life,
        Instant since,
        Instant feedTime,
        List<SloCounts> slos,
        @Nullable DemoTraffic demo) {
      this(rolloutId, life, since, feedTime, slos, demo, null);
    }

    /** This, as a rule is told of it. */
    public Observation at(long fromPosition, long position) {
      return new Observation(fromPosition, position, feedTime, slos);
    }
  }
}
