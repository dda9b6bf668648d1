package dev.papertape.command.deploy.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.BlockCounts;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloAssessment;
import dev.papertape.contracts.deploy.SloCounts;
import dev.papertape.contracts.deploy.SloEvidence;
import dev.papertape.contracts.deploy.SloRule;
import dev.papertape.contracts.deploy.SloVerdict;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SloJudgeTest {
  private static final RolloutPolicy POLICY = RolloutPolicy.STANDARD;
  private static final SloJudge ERRORS =
      new SloJudge(new SloRule(Slo.ERROR_RATE, 0.01, null), POLICY);

  @Example
  void withoutSamplesOfTheCandidateThereIsNoVerdict() {
    SloCounts onlyControl =
        new SloCounts(Slo.ERROR_RATE, ArmCounts.NONE, new ArmCounts(500, 400, 0), BlockCounts.NONE);

    assertThat(ERRORS.assess(onlyControl, SloVerdict.NO_DATA).verdict())
        .isEqualTo(SloVerdict.NO_DATA);
  }

  @Example
  void samplesOfChaosAreNoData() {
    SloCounts excluded =
        new SloCounts(
            Slo.ERROR_RATE, new ArmCounts(0, 0, 900), new ArmCounts(0, 0, 900), BlockCounts.NONE);

    assertThat(ERRORS.assess(excluded, SloVerdict.NO_DATA).verdict()).isEqualTo(SloVerdict.NO_DATA);
  }

  @Example
  void aFewSamplesSayNothing() {
    assertThat(verdict(100, 0, 0)).isEqualTo(SloVerdict.SAMPLING);
    assertThat(verdict(100, 2, 1)).isEqualTo(SloVerdict.SAMPLING);
  }

  @Example
  void aCleanCandidatePasses() {
    SloAssessment assessment = ERRORS.assess(counts(400, 1, 1), SloVerdict.SAMPLING);

    assertThat(assessment.verdict()).isEqualTo(SloVerdict.PASS);
    assertThat(assessment.eValuePromote()).isGreaterThanOrEqualTo(1 / POLICY.promoteAlpha());
  }

  @Example
  void theEvidenceIsThatOfTheAssessmentToTheBit() {
    SloCounts counts = counts(397, 17, 3);
    SloAssessment assessment = ERRORS.assess(counts, SloVerdict.SAMPLING);

    assertThat(ERRORS.evidence(counts))
        .isEqualTo(
            new SloEvidence(
                Slo.ERROR_RATE,
                assessment.eValueAbort(),
                assessment.eValuePromote(),
                assessment.eValueVsBaseline()));
    assertThat(assessment.eValueAbort()).isGreaterThan(1);
  }

  @Example
  void badAloneFails() {
    SloAssessment assessment = ERRORS.assess(counts(400, 25, 1), SloVerdict.SAMPLING);

    assertThat(assessment.verdict()).isEqualTo(SloVerdict.FAIL);
    assertThat(assessment.eValueAbort()).isGreaterThanOrEqualTo(3 / 0.05);
    assertThat(assessment.eValueVsBaseline()).isGreaterThanOrEqualTo(3 / 0.05);
  }

  @Example
  void badTogetherWithTheControlArmIsHeld() {
    assertThat(verdict(400, 25, 24)).isEqualTo(SloVerdict.BASELINE_ALSO_BAD);
  }

  /** The control arm's bad samples that are in no block do not vouch for the candidate. */
  @Example
  void withoutBlocksNothingFails() {
    SloCounts noControl =
        new SloCounts(Slo.ERROR_RATE, new ArmCounts(400, 400, 0), ArmCounts.NONE, BlockCounts.NONE);

    assertThat(ERRORS.assess(noControl, SloVerdict.SAMPLING).verdict())
        .isEqualTo(SloVerdict.BASELINE_ALSO_BAD);
  }

  @Example
  void atTheCapWithoutAnAnswerItIsInconclusiveAndNoLaterLuckPromotes() {
    SloCounts atCap = counts(3_000, 50, 30);
    assertThat(verdict(2_999, 50, 30)).isEqualTo(SloVerdict.SAMPLING);
    assertThat(ERRORS.assess(atCap, SloVerdict.SAMPLING).verdict())
        .isEqualTo(SloVerdict.INCONCLUSIVE);

    SloCounts lucky = counts(6_000, 60, 60);
    assertThat(ERRORS.assess(lucky, SloVerdict.INCONCLUSIVE).verdict())
        .isEqualTo(SloVerdict.INCONCLUSIVE);
    assertThat(ERRORS.assess(lucky, SloVerdict.BASELINE_ALSO_BAD).verdict())
        .isEqualTo(SloVerdict.INCONCLUSIVE);
    assertThat(ERRORS.assess(lucky, SloVerdict.PASS).verdict()).isEqualTo(SloVerdict.PASS);
    assertThat(ERRORS.assess(lucky, SloVerdict.SAMPLING).verdict())
        .as("the first look at the cap, however far beyond it")
        .isEqualTo(SloVerdict.PASS);

    assertThat(ERRORS.assess(counts(4_000, 150, 30), SloVerdict.INCONCLUSIVE).verdict())
        .isEqualTo(SloVerdict.FAIL);
  }

  /** Significantly better than four times the bound, and significantly worse than the bound. */
  @Example
  void nothingPassesWhileEvidenceStandsAgainstTheBound() {
    SloAssessment twice =
        new SloJudge(new SloRule(Slo.ERROR_RATE, 0.01, null), withMargin(4))
            .assess(counts(2_900, 58, 57), SloVerdict.SAMPLING);
    assertThat(twice.eValuePromote()).isGreaterThan(20);
    assertThat(twice.eValueAbort()).isGreaterThan(60);
    assertThat(twice.verdict()).isEqualTo(SloVerdict.BASELINE_ALSO_BAD);
  }

  @Property
  void recordsExactlyWhatItRestsOn(
      @ForAll @IntRange(min = 1, max = 4_000) int samples,
      @ForAll @IntRange(max = 4_000) int bad,
      @ForAll @IntRange(max = 4_000) int controlBad) {
    SloCounts counts = counts(samples, Math.min(bad, samples), Math.min(controlBad, samples));
    SloAssessment once = ERRORS.assess(counts, SloVerdict.SAMPLING);
    SloAssessment again =
        new SloJudge(new SloRule(Slo.ERROR_RATE, 0.01, null), POLICY)
            .assess(counts, SloVerdict.SAMPLING);

    assertThat(again).isEqualTo(once);
    assertThat(once.counts()).isEqualTo(counts);
    boolean bothAgainst =
        once.eValueAbort() >= 1 / once.alpha() && once.eValueVsBaseline() >= 1 / once.alpha();
    assertThat(once.verdict() == SloVerdict.FAIL).isEqualTo(bothAgainst);
  }

  private static SloVerdict verdict(long samples, long bad, long controlBad) {
    return ERRORS.assess(counts(samples, bad, controlBad), SloVerdict.SAMPLING).verdict();
  }

  private static SloCounts counts(long samples, long bad, long controlBad) {
    return new SloCounts(
        Slo.ERROR_RATE,
        new ArmCounts(samples, bad, 0),
        new ArmCounts(samples, controlBad, 0),
        new BlockCounts(samples, bad, controlBad));
  }

  private static RolloutPolicy withMargin(double margin) {
    return new RolloutPolicy(
        "wide",
        POLICY.pace(),
        POLICY.slos(),
        POLICY.grids(),
        POLICY.promoteAlpha(),
        POLICY.abortAlpha(),
        margin,
        POLICY.sampleCap(),
        POLICY.stages(),
        POLICY.maxRollbacksInRow(),
        POLICY.samplesChaos());
  }
}
