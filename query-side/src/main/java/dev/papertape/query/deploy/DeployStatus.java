package dev.papertape.query.deploy;

import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.RolloutAction;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloAssessment;
import dev.papertape.contracts.deploy.SloCounts;
import dev.papertape.contracts.deploy.SloEvidence;
import dev.papertape.contracts.deploy.SloRule;
import dev.papertape.contracts.deploy.SloVerdict;
import dev.papertape.contracts.deploy.Stage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Releases and the newest rollout.
 *
 * @param rollout the newest, running or over; null before the first
 * @param allowedActions what may be asked for now
 * @param history the steps of all rollouts, newest first, at most {@value #HISTORY}
 */
record DeployStatus(
    Active active,
    @Nullable RolloutStatus rollout,
    List<RolloutAction> allowedActions,
    List<Step> history) {
  static final int HISTORY = 200;

  /**
   * @param since recorded time of the cutover, null while the configured release is active
   */
  record Active(String release, @Nullable Instant since) {}

  /**
   * @param since recorded time at which its stage began
   * @param pace name of the policy by which it goes
   * @param demo intents of the demo pace, null of another pace
   * @param feedTime of the counts shown, null before the first
   */
  record RolloutStatus(
      String rolloutId,
      String release,
      String baseline,
      Stage stage,
      int trafficPercent,
      Instant since,
      String reason,
      List<RolloutAction> allowedActions,
      List<SloStatus> slos,
      String pace,
      @Nullable Demo demo,
      @Nullable Instant feedTime) {}

  /**
   * @param generated intents of the demo pace since the rollout began
   * @param traded those in one of both arms; the others are counted only
   */
  record Demo(long generated, long traded) {}

  /**
   * One SLO. Counts and e-values are of one moment: the newest, or the one that ended the rollout.
   * The verdict is the newest recorded one.
   *
   * @param threshold beyond which a sample is bad, ms or bps; null for the error rate
   * @param assessedSamples the candidate's samples that the verdict is of
   */
  record SloStatus(
      Slo name,
      double bound,
      @Nullable Double threshold,
      ArmStatus candidate,
      ArmStatus baseline,
      double eValueAbort,
      double eValuePromote,
      double eValueVsBaseline,
      double alpha,
      double margin,
      SloVerdict verdict,
      long assessedSamples) {

    static SloStatus of(
        SloRule rule, SloCounts counts, SloEvidence evidence, SloAssessment assessed) {
      return new SloStatus(
          rule.slo(),
          rule.bound(),
          rule.threshold(),
          ArmStatus.of(counts.candidate()),
          ArmStatus.of(counts.control()),
          evidence.eValueAbort(),
          evidence.eValuePromote(),
          evidence.eValueVsBaseline(),
          assessed.alpha(),
          assessed.margin(),
          assessed.verdict(),
          assessed.counts().candidate().samples());
    }
  }

  /**
   * @param value share of bad samples, null without any
   * @param excluded samples of chaos experiments, in none of the others
   */
  record ArmStatus(long samples, long bad, @Nullable Double value, long excluded) {
    static ArmStatus of(ArmCounts counts) {
      Double value =
          counts.samples() == 0 ? null : (Double) ((double) counts.bad() / counts.samples());
      return new ArmStatus(counts.samples(), counts.bad(), value, counts.excluded());
    }
  }

  /**
   * One event of a rollout.
   *
   * @param type name of the event
   * @param slo that a verdict was reached on, null otherwise
   * @param verdict that was reached, null otherwise
   */
  record Step(
      long position,
      Instant at,
      String rolloutId,
      String release,
      String type,
      @Nullable Stage stage,
      @Nullable Integer trafficPercent,
      @Nullable Slo slo,
      @Nullable SloVerdict verdict,
      @Nullable String reason) {}
}
