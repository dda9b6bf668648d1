package dev.papertape.command.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.command.fixtures.ArrayBook;
import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.VenueQos;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MeasuresTest {
  private static final Instant NOON = TestVenue.NOON;

  @Nested
  class TheCommonMid {
    private final TestVenue a = new TestVenue("A").bid("99.00", "1").ask("101.00", "1");
    private final TestVenue b = new TestVenue("B").bid("99.00", "1").ask("101.01", "1");
    private final TestVenue c = new TestVenue("C").bid("109.00", "1").ask("111.00", "1");

    @Test
    void isTheMedianOfTheVenuesMids() {
      // 100, 100.005, 110
      assertThat(mid(a, b, c)).isEqualTo("100.005");
    }

    @Test
    void ofAnEvenNumberIsTheMeanOfTheTwoMiddleOnesExactly() {
      // (100 + 100.005) / 2
      assertThat(mid(a, b)).isEqualTo("100.0025");
    }

    @Test
    void leavesOutUnsyncedStaleCrossedAndOneSidedBooks() {
      a.state = BookState.SUSPECT;
      assertThat(mid(a, c)).isEqualTo("110");
      a.state = BookState.SYNCED;
      a.receivedAt = NOON.minusMillis(2_001);
      assertThat(mid(a, c)).isEqualTo("110");
      a.receivedAt = NOON;
      a.bid("101.01", "1");
      assertThat(mid(a, c)).isEqualTo("110");
      c.ask("111.00", "0");
      assertThat(mid(a, c)).isNull();
    }

    private @Nullable BigDecimal mid(TestVenue... venues) {
      return CommonMid.of(List.of(venues), NOON, 2_000);
    }
  }

  @Nested
  class TheScore {
    @Test
    void isTheWeightedGeometricMeanOfItsParts() {
      RouterPolicy policy =
          new RouterPolicy("p", 2_000, 1, 1, 100, 100, new QosWeights(1, 0, 1, 0, 0, 2), 1_000);
      VenueQos qos = new VenueQos(0.5, 0.1, 0.5, 0.9, 0.9, 100.0, 1);
      // (0.5 · 0.5 · (e^−1)²)^(1/4) = √(0.5 · e^−1) = √0.18393972 = 0.42888194
      assertThat(VenueScore.of(qos, 0, policy)).isCloseTo(0.42888194, within(1e-8));
    }

    @Test
    void isZeroWhenAPartIsZero() {
      VenueQos qos = new VenueQos(1, 0, 1, 0, 0, null, 0);
      assertThat(VenueScore.of(qos, 0, RouterPolicy.DEFAULT)).isZero();
    }
  }

  @Nested
  class TheTracker {
    private final TestVenue a = new TestVenue("A");
    private final VenueQosTracker tracker = new VenueQosTracker(halfLifeOfTenSeconds(), 40);

    @Test
    void startsFromItsPriors() {
      VenueQos qos = tracker.qos();
      assertThat(qos.uptime()).isEqualTo(0.9);
      assertThat(qos.fillRate()).isEqualTo(0.9);
      assertThat(qos.rejectRate()).isEqualTo(0.1);
      assertThat(qos.gapRate()).isEqualTo(0.01);
      assertThat(qos.latencyP95Ms()).isNull();
      assertThat(qos.samples()).isZero();
      assertThat(tracker.conditions(null).latencyP95Ms()).isEqualTo(40);
    }

    @Test
    void countsTheShareOfTimeAndBooksInOrder() {
      TestVenue b = new TestVenue("A");
      b.state = BookState.RESYNCING;
      tracker.observe(List.of(a, b), NOON);
      tracker.observe(List.of(a, b), NOON.plusSeconds(10));
      // prior 9 of 10 s, then 5 of 10 s
      assertThat(tracker.qos().uptime()).isCloseTo(14.0 / 20, within(1e-12));
      tracker.observe(List.of(a, b), NOON.plusSeconds(20));
      // the first ten seconds count half: 9 + 2.5 + 5 of 10 + 5 + 10
      assertThat(tracker.qos().uptime()).isCloseTo(16.5 / 25, within(1e-12));
    }

    @Test
    void freshnessFallsWithTheAgeOfTheNewestMessage() {
      tracker.observe(List.of(a), NOON.plusMillis(2_000));
      assertThat(tracker.qos().freshness()).isCloseTo(Math.exp(-1), within(1e-12));
      a.receivedAt = null;
      tracker.observe(List.of(a), NOON.plusMillis(2_000));
      assertThat(tracker.qos().freshness()).isZero();
    }

    @Test
    void countsFillsRejectsAndLatencies() {
      tracker.legEnded(new BigDecimal("4"), new BigDecimal("1"), 120L, NOON);
      tracker.legEnded(new BigDecimal("4"), BigDecimal.ZERO, null, NOON);
      // (9 + 0.25 + 0) / 12, (1 + 0 + 1) / 12
      assertThat(tracker.qos().fillRate()).isCloseTo(9.25 / 12, within(1e-12));
      assertThat(tracker.qos().rejectRate()).isCloseTo(2.0 / 12, within(1e-12));
      assertThat(tracker.qos().latencyP95Ms()).isEqualTo(120);
      assertThat(tracker.qos().samples()).isEqualTo(2);
    }

    @Test
    void countsEachMessageOnceAsBrokenOrNot() {
      a.messages = 100;
      a.brokenMessages = 3;
      tracker.observe(List.of(a), NOON);
      tracker.observe(List.of(a), NOON);
      // (1 + 3) / (100 + 100)
      assertThat(tracker.qos().gapRate()).isCloseTo(0.02, within(1e-12));
    }

    private static RouterPolicy halfLifeOfTenSeconds() {
      return new RouterPolicy("p", 2_000, 1, 1, 100, 250, QosWeights.DEFAULT, 10_000);
    }
  }

  @Nested
  class ThePercentileOfLatencies {
    @Test
    void isTheNearestRankOfTheNewest() {
      RecentLatencies latencies = new RecentLatencies();
      assertThat(latencies.p95()).isNull();
      for (int ms = 1; ms <= 20; ms++) {
        latencies.add(ms);
      }
      // 95 % of 20 samples are 19
      assertThat(latencies.p95()).isEqualTo(19);
      for (int i = 0; i < 256; i++) {
        latencies.add(7);
      }
      assertThat(latencies.p95()).isEqualTo(7);
    }
  }

  @Nested
  class TheVolatility {
    @Test
    void beginsAtOneBasisPointAndForgetsItWithAHalfLifeOfAMinute() {
      VolatilityEstimate estimate = new VolatilityEstimate();
      assertThat(estimate.oneSecondBps()).isEqualTo(1);
      BigDecimal mid = new BigDecimal("100");
      estimate.observe(mid, NOON);
      estimate.observe(mid, NOON.plusSeconds(60));
      // variance 1 / 2
      assertThat(estimate.oneSecondBps()).isCloseTo(Math.sqrt(0.5), within(1e-12));
    }

    @Test
    void dividesASquaredReturnByItsSeconds() {
      VolatilityEstimate estimate = new VolatilityEstimate();
      estimate.observe(new BigDecimal("100"), NOON);
      estimate.observe(new BigDecimal("100.60"), NOON.plusSeconds(60));
      // 60 bps in 60 s: 3600 / 60 = 60 bps² a second; 0.5 · 1 + 0.5 · 60
      assertThat(estimate.oneSecondBps()).isCloseTo(Math.sqrt(30.5), within(1e-9));
    }

    @Test
    void doesNotSampleMoreThanOnceASecond() {
      VolatilityEstimate estimate = new VolatilityEstimate();
      estimate.observe(new BigDecimal("100"), NOON);
      estimate.observe(new BigDecimal("200"), NOON.plusMillis(999));
      estimate.observe(null, NOON.plusSeconds(1));
      assertThat(estimate.oneSecondBps()).isEqualTo(1);
    }
  }

  @Test
  void theHashOfTheTopLevelsIsOverTheirPlainDecimals() {
    ArrayBook book = new ArrayBook(2, 3).bid("0.05", "1").bid("0.04", "20.5").ask("1.00", "0.001");
    // printf 'B|0.05:1.000;0.04:20.500|A|1.00:0.001' | sha256sum
    assertThat(TopLevelsHash.of(book))
        .isEqualTo("00496d0b1e6727e5504db6e46a6f72dd7b1473bb9c3d9f221a7e9c2a11b96a6f");
  }

  @Test
  void aWideSumIsExactBeyondSixtyFourBits() {
    WideSum sum = new WideSum();
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 5; i++) {
      sum.addProduct(Long.MAX_VALUE - i, 3_000_000_000_000_000_007L);
      expected =
          expected.add(
              BigInteger.valueOf(Long.MAX_VALUE - i)
                  .multiply(BigInteger.valueOf(3_000_000_000_000_000_007L)));
    }
    assertThat(sum.value()).isEqualTo(expected);
  }
}
