package dev.papertape.query.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.deploy.AlphaParameters;
import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.BlockCounts;
import dev.papertape.contracts.deploy.DeployEvent.CandidateRegistered;
import dev.papertape.contracts.deploy.DeployEvent.RolledBack;
import dev.papertape.contracts.deploy.DeployEvent.RolloutAborted;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.RolloutPaused;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.DeployEvent.StageEntered;
import dev.papertape.contracts.deploy.DeployEvent.VerdictReached;
import dev.papertape.contracts.deploy.Evidence;
import dev.papertape.contracts.deploy.GuardParameters;
import dev.papertape.contracts.deploy.PolicyBundle;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.RouterParameters;
import dev.papertape.contracts.deploy.SizingParameters;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloAssessment;
import dev.papertape.contracts.deploy.SloCounts;
import dev.papertape.contracts.deploy.SloEvidence;
import dev.papertape.contracts.deploy.SloVerdict;
import dev.papertape.contracts.deploy.Stage;
import dev.papertape.contracts.deploy.Trigger;
import dev.papertape.query.deploy.DeployStatus.RolloutStatus;
import dev.papertape.query.deploy.DeployStatus.SloStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * E-values of so many samples are {@code samples + 0.5} here, so each says which moment it is of.
 */
class RolloutFoldTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final RolloutFold fold = new RolloutFold("baseline");
  private long position;

  RolloutFoldTest() {
    apply(new CandidateRegistered("r-1", bundle("fresh"), bundle("baseline"), RolloutPolicy.DEMO));
  }

  @Test
  void Bug_status_counts_of_one_moment_stood_beside_e_values_of_another() {
    apply(verdict(SloVerdict.SAMPLING, 20));
    SloStatus errors = errors(fold.status(observed(90, true)));

    assertThat(errors.candidate().samples()).isEqualTo(90);
    assertThat(errors.eValueAbort()).isEqualTo(90.5);
    assertThat(errors.verdict()).isEqualTo(SloVerdict.SAMPLING);
    assertThat(errors.assessedSamples()).isEqualTo(20);
  }

  @Test
  void countsOfAnOlderReleaseThatRecordedNoEvidenceAreNotShownBesideAnother() {
    apply(verdict(SloVerdict.SAMPLING, 20));
    SloStatus errors = errors(fold.status(observed(90, false)));

    assertThat(errors.candidate().samples()).isEqualTo(20);
    assertThat(errors.eValueAbort()).isEqualTo(20.5);
  }

  @Test
  void whatEndedTheRolloutStandsAlsoWhenMoreWasCountedAfterwards() {
    apply(
        new RolledBack(
            "r-1", Stage.CANARY, "baseline", "worse", evidence(SloVerdict.FAIL, 40), 1, false));
    DeployStatus status = fold.status(observed(90, true));

    assertThat(errors(status).candidate().samples()).isEqualTo(40);
    assertThat(errors(status).eValueAbort()).isEqualTo(40.5);
    assertThat(errors(status).verdict()).isEqualTo(SloVerdict.FAIL);
    assertThat(rollout(status).feedTime()).isEqualTo(START.plusSeconds(40));

    apply(new CandidateRegistered("r-2", bundle("next"), bundle("baseline"), RolloutPolicy.DEMO));
    assertThat(errors(fold.status(observed(3, true))).candidate().samples()).isEqualTo(3);
  }

  @Test
  void anAbortedRolloutShowsTheNewest() {
    apply(verdict(SloVerdict.SAMPLING, 20));
    apply(new RolloutAborted("r-1", Stage.CANARY, "baseline", "no"));

    assertThat(errors(fold.status(observed(90, true))).eValueAbort()).isEqualTo(90.5);
  }

  @Test
  void Bug_reason_a_verdict_that_holds_nothing_took_the_stages_reason() {
    apply(entered(1, "nothing against it in the shadow"));
    apply(verdict(SloVerdict.PASS, 20));
    assertThat(rollout(fold.status(null)).reason()).isEqualTo("nothing against it in the shadow");

    apply(verdict(SloVerdict.BASELINE_ALSO_BAD, 30));
    assertThat(rollout(fold.status(null)).reason()).isEqualTo("ERROR_RATE is BASELINE_ALSO_BAD");

    apply(new RolloutPaused("r-1", Stage.CANARY, "lunch"));
    apply(verdict(SloVerdict.INCONCLUSIVE, 40));
    assertThat(rollout(fold.status(null)).reason()).isEqualTo("lunch");
  }

  @Test
  void Bug_stage_that_was_said_twice_began_anew() {
    apply(entered(1, "go"));
    Instant since = rollout(fold.status(null)).since();
    apply(entered(1, "first observation of the stage"));

    DeployStatus status = fold.status(null);
    assertThat(rollout(status).since()).isEqualTo(since);
    assertThat(rollout(status).reason()).isEqualTo("go");
    assertThat(status.history().getFirst().reason()).isEqualTo("first observation of the stage");
  }

  private void apply(RolloutEvent event) {
    position++;
    fold.apply(event, position, START.plusSeconds(position));
  }

  private static SloStatus errors(DeployStatus status) {
    return rollout(status).slos().stream()
        .filter(slo -> slo.name() == Slo.ERROR_RATE)
        .findFirst()
        .orElseThrow();
  }

  private static RolloutStatus rollout(DeployStatus status) {
    return Objects.requireNonNull(status.rollout());
  }

  private static StageEntered entered(int step, String reason) {
    return new StageEntered("r-1", step, Stage.CANARY, 1, Trigger.EVIDENCE, reason, null, null);
  }

  private static VerdictReached verdict(SloVerdict verdict, long samples) {
    return new VerdictReached(
        "r-1",
        SloVerdict.NO_DATA,
        assessment(verdict, samples),
        1,
        samples,
        START.plusSeconds(samples));
  }

  private static Evidence evidence(SloVerdict verdict, long samples) {
    return new Evidence(
        1, samples, START.plusSeconds(samples), List.of(assessment(verdict, samples)));
  }

  private static SloAssessment assessment(SloVerdict verdict, long samples) {
    double e = samples + 0.5;
    return new SloAssessment(counts(samples), 0.01, 2, 0.05, e, e, e, verdict);
  }

  private static SlosObserved observed(long samples, boolean withEvidence) {
    double e = samples + 0.5;
    @Nullable List<SloEvidence> evidence =
        withEvidence ? List.of(new SloEvidence(Slo.ERROR_RATE, e, e, e)) : null;
    return new SlosObserved(
        "r-1", 1, START, START.plusSeconds(samples), List.of(counts(samples)), null, evidence);
  }

  private static SloCounts counts(long samples) {
    return new SloCounts(
        Slo.ERROR_RATE,
        new ArmCounts(samples, 0, 0),
        new ArmCounts(samples, 0, 0),
        new BlockCounts(samples, 0, 0));
  }

  private static PolicyBundle bundle(String release) {
    return new PolicyBundle(
        release,
        new RouterParameters(
            release, 2_000, 1, 1, 100, 250, new RouterParameters.Weights(1, 1, 1, 1, 1, 1), 1_000),
        new SizingParameters(BigDecimal.TEN, BigDecimal.ONE, 0),
        new GuardParameters(BigDecimal.TEN, BigDecimal.TEN, 1),
        new AlphaParameters(new AlphaParameters.Momentum(10, 1, 0)));
  }
}
