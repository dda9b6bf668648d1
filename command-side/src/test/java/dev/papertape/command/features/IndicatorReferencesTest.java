package dev.papertape.command.features;

import static dev.papertape.command.features.SkenderReferences.results;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.market.Bar;
import java.io.IOException;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.ta4j.core.BarSeries;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.helpers.TRIndicator;
import org.ta4j.core.indicators.statistics.SimpleLinearRegressionIndicator;
import org.ta4j.core.indicators.statistics.SimpleLinearRegressionIndicator.SimpleLinearRegressionType;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.indicators.volume.VWAPIndicator;
import org.ta4j.core.num.Num;

/**
 * Every result file of Stock.Indicators. Differences of definition, all at the beginning of a
 * series only: Stock.Indicators begins its averages with the mean of the first values, ta4j and we
 * with one value (and a value later); that is gone after {@link BuiltInFeatures#RECURSIVE} bars.
 */
class IndicatorReferencesTest {
  private static final double RELATIVE = 1e-9;
  private static List<Bar> quotes;
  private static BarSeries series;

  @BeforeAll
  static void read() throws IOException {
    quotes = SkenderReferences.quotes();
    series = TestBars.series(quotes);
  }

  @ParameterizedTest
  @CsvSource({
    "rsi, rsi, rsi",
    "atr, atr, atr",
    "macd, macd, macd",
    "macdSignal, macd, signal",
    "macdHistogram, macd, histogram",
    "bollingerMiddle, bb, sma",
    "bollingerUpper, bb, upperBand",
    "bollingerLower, bb, lowerBand",
    "bollingerPercentB, bb, percentB"
  })
  void both_ways_of_a_feature_equal_the_reference(String name, String file, String column)
      throws IOException {
    double[] expected = results(file, column);
    BarFeature feature = feature(name);
    int lookBack = feature.definition().lookBack();
    Indicator<Num> backtest = feature.backtest().over(series);

    assertEqual(name + " online", lookBack - 1, expected, i -> TestBars.online(feature, quotes, i));
    assertEqual(
        name + " backtest", lookBack - 1, expected, i -> backtest.getValue(i).doubleValue());
  }

  @Test
  void the_true_range_equals_the_reference() throws IOException {
    TRIndicator ranges = new TRIndicator(series);
    assertEqual("tr", 1, results("atr", "tr"), i -> ranges.getValue(i).doubleValue());
  }

  @Test
  void an_exponential_average_equals_the_reference() throws IOException {
    EMAIndicator average = new EMAIndicator(new ClosePriceIndicator(series), 20);
    // (1 − 2/21)^280 < 1e-12 of the beginning is left after 300 bars.
    assertEqual("ema", 300, results("ema", "ema"), i -> average.getValue(i).doubleValue());
  }

  @Test
  void a_simple_average_equals_the_reference() throws IOException {
    SMAIndicator average = new SMAIndicator(new ClosePriceIndicator(series), 20);
    assertEqual("sma", 19, results("sma", "sma"), i -> average.getValue(i).doubleValue());
  }

  @Test
  void a_population_deviation_equals_the_reference() throws IOException {
    StandardDeviationIndicator deviation =
        new StandardDeviationIndicator(new ClosePriceIndicator(series), 14);
    assertEqual("stdev", 13, results("stdev", "stdDev"), i -> deviation.getValue(i).doubleValue());
    assertEqual("slope", 13, results("slope", "stdDev"), i -> deviation.getValue(i).doubleValue());
  }

  /** Bars are numbered from 1 there and from 0 in ta4j, so the line meets x = 0 one bar earlier. */
  @Test
  void a_regression_line_equals_the_reference() throws IOException {
    SimpleLinearRegressionIndicator slope = regression(SimpleLinearRegressionType.SLOPE);
    SimpleLinearRegressionIndicator intercept = regression(SimpleLinearRegressionType.INTERCEPT);
    assertEqual("slope", 13, results("slope", "slope"), i -> slope.getValue(i).doubleValue());
    assertEqual(
        "intercept",
        13,
        results("slope", "intercept"),
        i -> intercept.getValue(i).doubleValue() - slope.getValue(i).doubleValue());
  }

  /** Theirs runs from the first bar on; ta4j's over a window does when that holds all bars. */
  @Test
  void a_volume_weighted_average_equals_the_reference() throws IOException {
    VWAPIndicator average = new VWAPIndicator(series, quotes.size());
    assertEqual("vwap", 0, results("vwap", "vwap"), i -> average.getValue(i).doubleValue());
  }

  @Test
  void every_built_in_candle_feature_is_computed_both_ways() {
    List<FeatureDefinition> defined =
        BuiltInFeatures.all().stream().filter(each -> !each.input().isSampled()).toList();
    assertThat(BarFeatures.builtIn()).extracting(BarFeature::definition).isEqualTo(defined);
  }

  private static SimpleLinearRegressionIndicator regression(SimpleLinearRegressionType type) {
    return new SimpleLinearRegressionIndicator(new ClosePriceIndicator(series), 14, type);
  }

  private static BarFeature feature(String name) {
    return BarFeatures.builtIn().stream()
        .filter(each -> each.definition().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static void assertEqual(
      String what, int from, double[] expected, IntToDoubleFunction actual) {
    assertThat(expected).hasSizeGreaterThan(from + 100);
    for (int i = from; i < expected.length; i++) {
      assertThat(Math.abs(actual.applyAsDouble(i) - expected[i]))
          .as("%s at bar %d, expected %s", what, i, expected[i])
          .isLessThanOrEqualTo(RELATIVE * Math.abs(expected[i]));
    }
  }
}
