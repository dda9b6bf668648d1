package dev.papertape.command.features;

import dev.papertape.contracts.features.FeatureDefinition;
import java.util.function.ToDoubleFunction;
import org.ta4j.core.BarSeries;
import org.ta4j.core.Indicator;
import org.ta4j.core.num.Num;

/**
 * A feature over 1m candles, twice: as the engine computes it and as a backtest does. They share
 * nothing but the definition, so that a slip in either shows as a divergence.
 *
 * @param online from exactly {@code lookBack} bars; NaN where there is no value
 * @param backtest asked at the index of the {@code lookBack}-th bar of a series that goes on after
 *     it, as a backtest's does: an indicator that peeks ahead will find something there
 */
public record BarFeature(
    FeatureDefinition definition, ToDoubleFunction<BarWindow> online, Backtest backtest) {

  /** Makes the indicator over a series of {@code DoubleNum}. */
  @FunctionalInterface
  public interface Backtest {
    Indicator<Num> over(BarSeries series);
  }
}
