package dev.papertape.command.features;

import dev.papertape.contracts.features.BuiltInFeatures;
import java.util.List;
import org.ta4j.core.BarSeries;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.ChopIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsLowerIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;

/** The built-in features over candles. */
public final class BarFeatures {
  private static final int WILDER = 14;
  private static final int BOLLINGER = 20;
  private static final int SIGNAL = 9;
  private static final int CHOP_SCALE = 100;

  private BarFeatures() {}

  /** All of them, always in the same order. */
  public static List<BarFeature> builtIn() {
    return List.of(
        new BarFeature(
            BuiltInFeatures.LOG_RETURN, BarFormulas::logReturn, BacktestIndicators::logReturn),
        new BarFeature(
            BuiltInFeatures.EWMA_VOLATILITY,
            BarFormulas::ewmaVolatility,
            BacktestIndicators::ewmaVolatility),
        new BarFeature(
            BuiltInFeatures.RSI,
            BarFormulas::rsi,
            series -> new RSIIndicator(new ClosePriceIndicator(series), WILDER)),
        new BarFeature(
            BuiltInFeatures.MACD,
            BarFormulas::macd,
            series -> new MACDIndicator(new ClosePriceIndicator(series))),
        new BarFeature(
            BuiltInFeatures.MACD_SIGNAL,
            BarFormulas::macdSignal,
            series -> new MACDIndicator(new ClosePriceIndicator(series)).getSignalLine(SIGNAL)),
        new BarFeature(
            BuiltInFeatures.MACD_HISTOGRAM,
            BarFormulas::macdHistogram,
            series -> new MACDIndicator(new ClosePriceIndicator(series)).getHistogram(SIGNAL)),
        new BarFeature(
            BuiltInFeatures.BOLLINGER_MIDDLE,
            BarFormulas::mean,
            series -> new SMAIndicator(new ClosePriceIndicator(series), BOLLINGER)),
        new BarFeature(
            BuiltInFeatures.BOLLINGER_UPPER, bars -> BarFormulas.band(bars, 2), BarFeatures::upper),
        new BarFeature(
            BuiltInFeatures.BOLLINGER_LOWER,
            bars -> BarFormulas.band(bars, -2),
            BarFeatures::lower),
        new BarFeature(
            BuiltInFeatures.BOLLINGER_PERCENT_B,
            BarFormulas::percentB,
            series -> BacktestIndicators.percentB(series, lower(series), upper(series))),
        new BarFeature(
            BuiltInFeatures.ATR, BarFormulas::atr, series -> new ATRIndicator(series, WILDER)),
        new BarFeature(
            BuiltInFeatures.ADX,
            BarFormulas::adx,
            series -> new ADXIndicator(BacktestIndicators.largeNumbers(series), WILDER)),
        new BarFeature(
            BuiltInFeatures.CHOP,
            BarFormulas::chop,
            series -> new ChopIndicator(series, WILDER, CHOP_SCALE)));
  }

  private static BollingerBandsUpperIndicator upper(BarSeries series) {
    return new BollingerBandsUpperIndicator(middle(series), deviation(series));
  }

  private static BollingerBandsLowerIndicator lower(BarSeries series) {
    return new BollingerBandsLowerIndicator(middle(series), deviation(series));
  }

  private static BollingerBandsMiddleIndicator middle(BarSeries series) {
    return new BollingerBandsMiddleIndicator(
        new SMAIndicator(new ClosePriceIndicator(series), BOLLINGER));
  }

  private static StandardDeviationIndicator deviation(BarSeries series) {
    return new StandardDeviationIndicator(new ClosePriceIndicator(series), BOLLINGER);
  }
}
