package dev.papertape.command.features.parity;

import dev.papertape.command.features.BarFeature;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleInterval;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;
import org.ta4j.core.num.NumFactory;

/**
 * Computes bar features as a backtest does: by ta4j, over a series of history that does not end
 * where the value is asked for.
 */
final class BarBacktest {
  private static final NumFactory NUMBERS = DoubleNumFactory.getInstance();

  private final Map<Bar, BaseBar> converted = new IdentityHashMap<>();

  /**
   * A value of one moment's history.
   *
   * @param window bars of the unbroken run that ends at the value's bar, as known then
   * @param following bars that came later
   */
  At at(List<Bar> window, List<Bar> following) {
    return new At(window, following);
  }

  /** Series of one event time, one for each look-back. */
  final class At {
    private final List<Bar> window;
    private final List<Bar> following;
    private final Map<Integer, BarSeries> byLookBack = new HashMap<>();

    private At(List<Bar> window, List<Bar> following) {
      this.window = window;
      this.following = following;
    }

    /** NaN where the feature has no value. */
    double value(BarFeature feature) {
      int lookBack = feature.definition().lookBack();
      if (window.size() < lookBack) {
        return Double.NaN;
      }
      Num value =
          feature
              .backtest()
              .over(byLookBack.computeIfAbsent(lookBack, this::series))
              .getValue(lookBack - 1);
      double number = Num.isNaNOrNull(value) ? Double.NaN : value.doubleValue();
      return Double.isFinite(number) ? number : Double.NaN;
    }

    private BarSeries series(int lookBack) {
      List<org.ta4j.core.Bar> bars = new ArrayList<>(lookBack + following.size());
      window.subList(window.size() - lookBack, window.size()).forEach(bar -> bars.add(of(bar)));
      following.forEach(bar -> bars.add(of(bar)));
      return new BaseBarSeriesBuilder().withNumFactory(NUMBERS).withBars(bars).build();
    }
  }

  private BaseBar of(Bar bar) {
    return converted.computeIfAbsent(bar, BarBacktest::convert);
  }

  private static BaseBar convert(Bar bar) {
    return new BaseBar(
        CandleInterval.ONE_MINUTE.length(),
        bar.openTime(),
        bar.openTime().plus(CandleInterval.ONE_MINUTE.length()),
        number(bar.open()),
        number(bar.high()),
        number(bar.low()),
        number(bar.close()),
        number(bar.volume()),
        NUMBERS.zero(),
        0);
  }

  private static Num number(BigDecimal value) {
    return NUMBERS.numOf(value.doubleValue());
  }
}
