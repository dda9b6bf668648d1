package dev.papertape.command.features;

import dev.papertape.contracts.market.Bar;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;

/** Minutes to test with. */
public final class TestBars {
  public static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private TestBars() {}

  /** A walk of so many minutes in cents, its closes around 100. */
  public static List<Bar> walk(int bars, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Bar> walk = new ArrayList<>(bars);
    long cents = 10_000;
    for (int i = 0; i < bars; i++) {
      long open = cents;
      cents = Math.max(100, cents + random.nextInt(-40, 41));
      long high = Math.max(open, cents) + random.nextInt(0, 15);
      long low = Math.min(open, cents) - random.nextInt(0, 15);
      walk.add(bar(START.plus(MINUTE.multipliedBy(i)), open, high, low, cents));
    }
    return walk;
  }

  /** Prices in cents. */
  public static Bar bar(Instant openTime, long open, long high, long low, long close) {
    return new Bar(
        openTime, cents(open), cents(high), cents(low), cents(close), BigDecimal.ONE, null, null);
  }

  private static BigDecimal cents(long cents) {
    return BigDecimal.valueOf(cents, 2).setScale(2, RoundingMode.UNNECESSARY);
  }

  /** The whole history as ta4j sees it. */
  static BarSeries series(List<Bar> bars) {
    List<org.ta4j.core.Bar> converted = new ArrayList<>();
    for (Bar bar : bars) {
      converted.add(
          new BaseBar(
              MINUTE,
              bar.openTime(),
              bar.openTime().plus(MINUTE),
              number(bar.open()),
              number(bar.high()),
              number(bar.low()),
              number(bar.close()),
              number(bar.volume()),
              number(BigDecimal.ZERO),
              0));
    }
    return new BaseBarSeriesBuilder()
        .withNumFactory(DoubleNumFactory.getInstance())
        .withBars(converted)
        .build();
  }

  private static Num number(BigDecimal value) {
    return DoubleNumFactory.getInstance().numOf(value.doubleValue());
  }

  /** The value after bar {@code index} as the engine computes it. */
  static double online(BarFeature feature, List<Bar> bars, int index) {
    int lookBack = feature.definition().lookBack();
    List<BarPoint> points =
        bars.subList(index - lookBack + 1, index + 1).stream().map(BarPoint::of).toList();
    return feature.online().applyAsDouble(new BarWindow(points, 0, lookBack));
  }
}
