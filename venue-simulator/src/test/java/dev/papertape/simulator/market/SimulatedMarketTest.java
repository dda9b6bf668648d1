package dev.papertape.simulator.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.simulator.config.SimulatorConfig;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimulatedMarketTest {

  /** 2026-03-01T12:34:56.789Z. */
  private static final long START = 1_772_368_496_789L;

  private static SimulatedMarket market(long seed, int historyMinutes) {
    return new SimulatedMarket(
        SimulatorConfig.defaults(seed).withHistoryMinutes(historyMinutes), START);
  }

  @Test
  void timeStartsOnTheStepsGridAndMovesByIt() {
    SimulatedMarket market = market(1, 1);
    assertThat(market.millis()).isEqualTo(1_772_368_496_780L);
    market.step();
    assertThat(market.millis()).isEqualTo(1_772_368_496_790L);
  }

  @Test
  void minuteReturnsOfInstrumentsAreCorrelated() {
    SimulatedMarket market = market(4, 1440);
    List<double[]> returns =
        IntStream.range(0, 3).mapToObj(i -> minuteReturns(market.listings("ALTO").get(i))).toList();

    // betas 1, 1.2, 1.45 on a factor of 0.8 against own noises of 0.25, 0.45, 0.7:
    // rho(BTC,ETH) = 0.80·0.96 / (0.838·1.060) = 0.86, rho(BTC,SOL) = 0.82, rho(ETH,SOL) = 0.78;
    // bid-ask bounce takes a little away
    assertThat(correlation(returns.get(0), returns.get(1))).isBetween(0.75, 0.93);
    assertThat(correlation(returns.get(0), returns.get(2))).isBetween(0.70, 0.90);
    assertThat(correlation(returns.get(1), returns.get(2))).isBetween(0.65, 0.88);
  }

  @Test
  void venuesDifferBySomeBasisPointsAndComeBack() {
    SimulatedMarket market = market(6, 1);
    ListedMarket alto = market.listings("ALTO").getFirst();
    ListedMarket cielo = market.listings("CIELO").getFirst();
    List<Double> differences = new ArrayList<>();
    for (int second = 0; second < 240; second++) {
      for (int i = 0; i < 100; i++) {
        market.step();
      }
      differences.add((mid(alto) / mid(cielo) - 1) * 1e4);
    }
    double mean = differences.stream().mapToDouble(d -> d).average().orElseThrow();
    double meanSquare = differences.stream().mapToDouble(d -> d * d).average().orElseThrow();

    // independent deviations of 0.8 and 1.8 bps make 1.97 together
    assertThat(Math.sqrt(meanSquare)).isBetween(1.0, 3.5);
    assertThat(mean).isBetween(-1.0, 1.0);
  }

  @Test
  void volumeDoesNotJumpWhereTheHistoryEnds() {
    // two hours before against 20 minutes after, three seeds, so that regimes even out
    double before = 0;
    double after = 0;
    for (long seed = 1; seed <= 3; seed++) {
      SimulatorConfig config = SimulatorConfig.defaults(seed).withHistoryMinutes(120);
      var market = new SimulatedMarket(config.withVenues(config.venues().subList(0, 1)), START);
      ListedMarket listed = market.listings("ALTO").getFirst();
      before += meanVolume(listed, 0);
      long from = listed.bars().current().openMillis() + MinuteBars.MINUTE_MILLIS;
      for (int i = 0; i < 20 * 60 * 100; i++) {
        market.step();
      }
      after += meanVolume(listed, from);
    }
    assertThat(after / before).isBetween(0.5, 2.0);
  }

  @Test
  void regimesAreLabelledWithoutAHoleUpToNow() {
    SimulatedMarket market = market(2, 1440);
    List<RegimeSpan> spans = market.regimes();

    assertThat(spans.getFirst().fromMillis()).isEqualTo(1_772_282_040_000L);
    assertThat(spans.getLast().toMillis()).isEqualTo(market.millis());
    for (int i = 1; i < spans.size(); i++) {
      assertThat(spans.get(i).fromMillis()).isEqualTo(spans.get(i - 1).toMillis());
      assertThat(spans.get(i).regime()).isNotEqualTo(spans.get(i - 1).regime());
    }
    Set<Regime> seen = spans.stream().map(RegimeSpan::regime).collect(Collectors.toSet());
    assertThat(seen).containsAll(EnumSet.allOf(Regime.class));
  }

  @Test
  void theLabelsTellInThePrices() {
    double[] up = new double[Regime.values().length];
    double[] absolute = new double[Regime.values().length];
    int[] minutes = new int[Regime.values().length];
    for (long seed = 1; seed <= 4; seed++) {
      SimulatedMarket market = market(seed, 1440);
      List<Kline> bars = market.listings("ALTO").getFirst().bars().bars(60_000, 0, START);
      for (RegimeSpan span : market.regimes()) {
        for (Kline bar : bars) {
          if (bar.openMillis() >= span.fromMillis() && bar.closeMillis() < span.toMillis()) {
            double change = Math.log((double) bar.close() / bar.open());
            int regime = span.regime().ordinal();
            up[regime] += change;
            absolute[regime] += Math.abs(change);
            minutes[regime]++;
          }
        }
      }
    }
    assertThat(up[Regime.TREND_UP.ordinal()]).isPositive();
    assertThat(up[Regime.TREND_DOWN.ordinal()]).isNegative();
    assertThat(up[Regime.STRESS.ordinal()]).isNegative();
    double calm = absolute[Regime.CHOP.ordinal()] / minutes[Regime.CHOP.ordinal()];
    double wild = absolute[Regime.HIGH_VOL.ordinal()] / minutes[Regime.HIGH_VOL.ordinal()];
    // volatility 2.2 against 0.7; the chop is also pulled back
    assertThat(wild / calm).isGreaterThan(2);
  }

  private static double meanVolume(ListedMarket listed, long fromMillis) {
    return listed.bars().bars(60_000, fromMillis, Long.MAX_VALUE).stream()
        .mapToLong(Kline::lots)
        .average()
        .orElseThrow();
  }

  private static double mid(ListedMarket listed) {
    double ticks =
        (listed.book().best(Side.BID).orElseThrow() + listed.book().best(Side.ASK).orElseThrow())
            / 2.0;
    return ticks * listed.listing().tickSize().doubleValue();
  }

  private static double[] minuteReturns(ListedMarket listed) {
    List<Kline> bars = listed.bars().bars(60_000, 0, Long.MAX_VALUE);
    return IntStream.range(1, bars.size())
        .mapToDouble(i -> Math.log((double) bars.get(i).close() / bars.get(i - 1).close()))
        .toArray();
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = IntStream.range(0, a.length).mapToDouble(i -> a[i]).average().orElseThrow();
    double meanB = IntStream.range(0, b.length).mapToDouble(i -> b[i]).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }
}
