package dev.papertape.command.deploy.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.contracts.deploy.BlockCounts;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/** The e-processes as such: what makes a number evidence. */
class EvidenceTest {
  private static final double ROUNDING = 1e-9;

  /** Exact: the sum over every outcome of n samples. */
  @Property(tries = 200)
  void againstTheBoundIsOneOrLessOnAverageWhereverTheBoundIsKept(
      @ForAll("bounds") double bound,
      @ForAll @DoubleRange(min = 0, max = 1) double part,
      @ForAll @IntRange(max = 40) int samples) {
    BernoulliMixture abort = abort(bound);

    assertThat(mean(abort, samples, bound)).isCloseTo(1, within(ROUNDING));
    assertThat(mean(abort, samples, part * bound)).isLessThanOrEqualTo(1 + ROUNDING);
  }

  @Property(tries = 200)
  void againstTheMarginIsOneOrLessOnAverageWhereverItIsReached(
      @ForAll("bounds") double bound,
      @ForAll @DoubleRange(min = 1, max = 1.9) double margin,
      @ForAll @DoubleRange(min = 0, max = 1) double part,
      @ForAll @IntRange(max = 40) int samples) {
    double limit = margin * bound;
    Assume.that(limit < 1);
    BernoulliMixture promote = promote(bound, margin);

    assertThat(mean(promote, samples, limit)).isCloseTo(1, within(ROUNDING));
    assertThat(mean(promote, samples, limit + part * (1 - limit)))
        .isLessThanOrEqualTo(1 + ROUNDING);
  }

  @Property(tries = 200)
  void againstTheControlArmIsOneOrLessOnAverageWhereverTheCandidateIsNoWorse(
      @ForAll("bounds") double bound,
      @ForAll @DoubleRange(min = 0, max = 1) double control,
      @ForAll @DoubleRange(min = 0, max = 1) double part,
      @ForAll @IntRange(max = 12) int blocks) {
    assertThat(mean(control(bound), blocks, control, part * control))
        .isLessThanOrEqualTo(1 + ROUNDING);
    assertThat(mean(control(bound), blocks, control, control)).isLessThanOrEqualTo(1 + ROUNDING);
  }

  /** The point of it: where the hypothesis is false, evidence grows on average. */
  @Property(tries = 100)
  void growsOnAverageWhereTheHypothesisIsFalse(
      @ForAll("bounds") double bound, @ForAll @IntRange(min = 1, max = 20) int samples) {
    Assume.that(bound < 0.1);
    assertThat(mean(abort(bound), samples, 4 * bound)).isGreaterThan(1);
    assertThat(mean(promote(bound, 2), samples, bound / 2)).isGreaterThan(1);
    assertThat(mean(control(bound), Math.min(samples, 10), bound / 2, 3 * bound)).isGreaterThan(1);
  }

  @Property(tries = 300)
  void oneMoreBadSampleInsteadOfAGoodOneSpeaksForAbortingAndAgainstPromoting(
      @ForAll("bounds") double bound,
      @ForAll @IntRange(min = 1, max = 5_000) int samples,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double part) {
    int bad = (int) (part * samples);

    assertThat(abort(bound).log(samples, bad + 1)).isGreaterThan(abort(bound).log(samples, bad));
    assertThat(promote(bound, 1.05).log(samples, bad + 1))
        .isLessThan(promote(bound, 1.05).log(samples, bad));
  }

  @Property(tries = 300)
  void aBadSampleOfTheCandidateCountsAgainstItAndOneOfTheControlArmForIt(
      @ForAll("bounds") double bound,
      @ForAll @IntRange(min = 1, max = 5_000) int blocks,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double ofCandidate,
      @ForAll @DoubleRange(min = 0, max = 1, maxIncluded = false) double ofControl) {
    int candidate = (int) (ofCandidate * blocks);
    int control = (int) (ofControl * blocks);
    double now = control(bound).log(new BlockCounts(blocks, candidate, control));

    assertThat(control(bound).log(new BlockCounts(blocks, candidate + 1, control)))
        .isGreaterThan(now);
    assertThat(control(bound).log(new BlockCounts(blocks, candidate, control + 1))).isLessThan(now);
  }

  /** Of two arms, at most the worse one has evidence against it. */
  @Property(tries = 300)
  void nothingSpeaksAgainstACandidateThatWasBadNoMoreOften(
      @ForAll("bounds") double bound,
      @ForAll @IntRange(max = 5_000) int blocks,
      @ForAll @DoubleRange(min = 0, max = 1) double ofControl,
      @ForAll @DoubleRange(min = 0, max = 1) double ofThose) {
    int control = (int) (ofControl * blocks);
    int candidate = (int) (ofThose * control);

    assertThat(control(bound).log(new BlockCounts(blocks, candidate, control)))
        .isLessThanOrEqualTo(ROUNDING);
  }

  @Property(tries = 300)
  void staysANumberWhateverIsCounted(
      @ForAll("bounds") double bound, @ForAll @IntRange(max = 1_000_000) int bad) {
    int all = 1_000_000;
    for (int samples : new int[] {all, bad}) {
      assertThat(abort(bound).log(samples, bad)).isFinite();
      assertThat(promote(bound, 1.05).log(samples, bad)).isFinite();
      assertThat(control(bound).log(new BlockCounts(samples, bad, 0))).isFinite();
      assertThat(control(bound).log(new BlockCounts(samples, 0, bad))).isFinite();
    }
  }

  @Example
  void isOneBeforeTheFirstSample() {
    assertThat(LogMean.number(abort(0.01).log(0, 0))).isEqualTo(1);
    assertThat(LogMean.number(promote(0.01, 2).log(0, 0))).isEqualTo(1);
    assertThat(LogMean.number(control(0.01).log(BlockCounts.NONE))).isEqualTo(1);
  }

  /** By hand: a mean over the alternatives of plain products of likelihoods. */
  @Example
  void isTheMeanOfLikelihoodRatios() {
    double abort = 0;
    for (double share : new double[] {0.125, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8}) {
      abort += Math.pow(share / 0.1, 3) * Math.pow((1 - share) / 0.9, 4) / 9;
    }
    assertThat(Math.exp(abort(0.1).log(7, 3))).isCloseTo(abort, within(1e-12));

    double control = 0;
    double[][] pairs = Grids.control(0.1);
    for (double[] pair : pairs) {
      double both = (pair[0] + pair[1]) / 2;
      control +=
          Math.pow(pair[0] / both, 1)
              * Math.pow((1 - pair[0]) / (1 - both), 4)
              * Math.pow(pair[1] / both, 3)
              * Math.pow((1 - pair[1]) / (1 - both), 2)
              / pairs.length;
    }
    assertThat(Math.exp(control(0.1).log(new BlockCounts(5, 3, 1))))
        .isCloseTo(control, within(1e-12));
  }

  @Example
  void isCutWhereNobodyLooksAnyMore() {
    assertThat(LogMean.number(1e6)).isEqualTo(LogMean.MOST);
    assertThat(LogMean.number(-1e6)).isZero();
  }

  @Provide
  Arbitrary<Double> bounds() {
    return Arbitraries.of(1e-9, 1e-6, 1e-4, 0.001, 0.01, 0.05, 0.2, 0.5, 0.9);
  }

  private static BernoulliMixture abort(double bound) {
    return new BernoulliMixture(bound, Grids.abort(bound));
  }

  private static BernoulliMixture promote(double bound, double margin) {
    return new BernoulliMixture(margin * bound, Grids.promote(bound, margin));
  }

  private static ControlMixture control(double bound) {
    return new ControlMixture(Grids.control(bound));
  }

  private static double mean(BernoulliMixture evidence, int samples, double share) {
    double mean = 0;
    for (int bad = 0; bad <= samples; bad++) {
      mean += binomial(samples, bad, share) * Math.exp(evidence.log(samples, bad));
    }
    return mean;
  }

  private static double mean(
      ControlMixture evidence, int blocks, double ofControl, double ofCandidate) {
    double mean = 0;
    for (int control = 0; control <= blocks; control++) {
      for (int candidate = 0; candidate <= blocks; candidate++) {
        mean +=
            binomial(blocks, control, ofControl)
                * binomial(blocks, candidate, ofCandidate)
                * Math.exp(evidence.log(new BlockCounts(blocks, candidate, control)));
      }
    }
    return mean;
  }

  private static double binomial(int n, int k, double share) {
    double probability = 1;
    for (int i = 1; i <= k; i++) {
      probability *= share * (n - k + i) / i;
    }
    return probability * Math.pow(1 - share, n - k);
  }
}
