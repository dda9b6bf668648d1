package dev.papertape.command.features;

import static org.ta4j.core.num.NaN.NaN;

import java.util.ArrayList;
import java.util.List;
import org.ta4j.core.Bar;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.AbstractIndicator;
import org.ta4j.core.indicators.averages.AbstractEMAIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;
import org.ta4j.core.num.NumFactory;

/** What ta4j 0.22 has not, or has with a trap, as ta4j indicators. */
final class BacktestIndicators {
  private static final double EWMA_WEIGHT = 0.06;

  private BacktestIndicators() {}

  /** A formula of single bars of a series. */
  @FunctionalInterface
  private interface AtIndex {
    Num value(int index);
  }

  private static final class Formula extends AbstractIndicator<Num> {
    private final int unstableBars;
    private final AtIndex formula;

    private Formula(BarSeries series, int unstableBars, AtIndex formula) {
      super(series);
      this.unstableBars = unstableBars;
      this.formula = formula;
    }

    @Override
    public Num getValue(int index) {
      return index < unstableBars ? NaN : formula.value(index);
    }

    @Override
    public int getCountOfUnstableBars() {
      return unstableBars;
    }
  }

  static Indicator<Num> logReturn(BarSeries series) {
    return new Formula(
        series,
        1,
        index ->
            series
                .getBar(index)
                .getClosePrice()
                .dividedBy(series.getBar(index - 1).getClosePrice())
                .log());
  }

  static Indicator<Num> ewmaVolatility(BarSeries series) {
    Indicator<Num> returns = logReturn(series);
    Indicator<Num> squares =
        new Formula(
            series, 1, index -> returns.getValue(index).multipliedBy(returns.getValue(index)));
    Indicator<Num> variance =
        new AbstractEMAIndicator(squares, 1, EWMA_WEIGHT) {
          @Override
          public int getCountOfUnstableBars() {
            return 1;
          }
        };
    return new Formula(series, 1, index -> variance.getValue(index).sqrt());
  }

  /** ta4j's %b also divides by a width that is nothing but rounding. */
  static Indicator<Num> percentB(BarSeries series, Indicator<Num> lower, Indicator<Num> upper) {
    NumFactory numbers = series.numFactory();
    Num flat = numbers.numOf(BarFormulas.FLAT);
    return new Formula(
        series,
        lower.getCountOfUnstableBars(),
        index -> {
          Num low = lower.getValue(index);
          Num width = upper.getValue(index).minus(low);
          Num middle = upper.getValue(index).plus(low).dividedBy(numbers.two());
          return width.isGreaterThan(middle.multipliedBy(flat))
              ? series.getBar(index).getClosePrice().minus(low).dividedBy(width)
              : NaN;
        });
  }

  /**
   * The same bars with prices multiplied by a power of two, so that none is small. For indicators
   * without a unit: ta4j's ADX takes a true range below 1e-5 for none, because {@code
   * DoubleNum.equals} does.
   */
  static BarSeries largeNumbers(BarSeries series) {
    double first = series.getBar(series.getBeginIndex()).getClosePrice().doubleValue();
    int exponent = Math.max(0, 60 - Math.getExponent(first));
    Num factor = series.numFactory().numOf(Math.scalb(1.0, exponent));
    List<Bar> scaled = new ArrayList<>(series.getBarCount());
    for (int i = series.getBeginIndex(); i <= series.getEndIndex(); i++) {
      scaled.add(times(series.getBar(i), factor));
    }
    return new BaseBarSeriesBuilder()
        .withNumFactory(DoubleNumFactory.getInstance())
        .withBars(scaled)
        .build();
  }

  private static Bar times(Bar bar, Num factor) {
    return new BaseBar(
        bar.getTimePeriod(),
        bar.getBeginTime(),
        bar.getEndTime(),
        bar.getOpenPrice().multipliedBy(factor),
        bar.getHighPrice().multipliedBy(factor),
        bar.getLowPrice().multipliedBy(factor),
        bar.getClosePrice().multipliedBy(factor),
        bar.getVolume(),
        bar.getAmount(),
        bar.getTrades());
  }
}
