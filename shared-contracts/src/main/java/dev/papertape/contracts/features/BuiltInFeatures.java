package dev.papertape.contracts.features;

import static dev.papertape.contracts.features.FeatureInput.BOOK;
import static dev.papertape.contracts.features.FeatureInput.CANDLES;
import static dev.papertape.contracts.features.FeatureInput.TRADES;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The features that the engine computes (docs/decisions/0010). A value is made of exactly the
 * newest {@link FeatureDefinition#lookBack} inputs. Averages that remember begin within them, with
 * the first value instead of a mean (as ta4j's do); {@value #RECURSIVE} bars leave less than 1e-12
 * of that beginning in the slowest of them: (1 − 1/14)^386 ≈ 4e-13, (1 − 2/27)^374 ≈ 3e-13.
 */
public final class BuiltInFeatures {
  /** Look-back of everything with Wilder's or an exponential average. */
  public static final int RECURSIVE = 400;

  /** Relative to the larger value, absolute below 1: see {@link FeatureDefinition#tolerance}. */
  private static final double ROUNDING = 1e-9;

  public static final FeatureDefinition LOG_RETURN =
      candles("logReturn", 2, 1e-15, "ratio", "ln(close / previous close)");
  public static final FeatureDefinition EWMA_VOLATILITY =
      candles(
          "ewmaVolatility",
          RECURSIVE,
          1e-13,
          "ratio",
          "sqrt of v, v ← 0.94 v + 0.06 r² over one-bar log returns r (RiskMetrics 1996), per bar");
  public static final FeatureDefinition RSI =
      candles(
          "rsi",
          RECURSIVE,
          ROUNDING,
          "0..100",
          "100 − 100 / (1 + average gain / average loss) of closes, averages of 14 (Wilder 1978);"
              + " 100 without a loss, 0 without either");
  public static final FeatureDefinition MACD =
      candles("macd", RECURSIVE, ROUNDING, "quote", "EMA(12) − EMA(26) of closes (Appel)");
  public static final FeatureDefinition MACD_SIGNAL =
      candles("macdSignal", RECURSIVE, ROUNDING, "quote", "EMA(9) of macd");
  public static final FeatureDefinition MACD_HISTOGRAM =
      candles("macdHistogram", RECURSIVE, ROUNDING, "quote", "macd − macdSignal");
  public static final FeatureDefinition BOLLINGER_MIDDLE =
      candles("bollingerMiddle", 20, ROUNDING, "quote", "mean of 20 closes");
  public static final FeatureDefinition BOLLINGER_UPPER =
      candles("bollingerUpper", 20, ROUNDING, "quote", "bollingerMiddle + 2 population deviations");
  public static final FeatureDefinition BOLLINGER_LOWER =
      candles("bollingerLower", 20, ROUNDING, "quote", "bollingerMiddle − 2 population deviations");
  public static final FeatureDefinition BOLLINGER_PERCENT_B =
      candles(
          "bollingerPercentB",
          20,
          1e-6,
          "ratio",
          "(close − lower) / (upper − lower); none while the bands are within 1e-9 of the middle");
  public static final FeatureDefinition ATR =
      candles("atr", RECURSIVE, ROUNDING, "quote", "Wilder's average of 14 true ranges (1978)");
  public static final FeatureDefinition ADX =
      candles(
          "adx",
          RECURSIVE,
          ROUNDING,
          "0..100",
          "Wilder's average of 14 of 100 |+DI − −DI| / (+DI + −DI), each DI of 14 (1978)");
  public static final FeatureDefinition CHOP =
      candles(
          "chop",
          15,
          ROUNDING,
          "0..100",
          "100 log10(sum of 14 true ranges / (highest high − lowest low)) / log10(14) (Dreiss);"
              + " none without a range");
  public static final FeatureDefinition MID =
      sampled("mid", BOOK, 1, 0, "quote", "median over venues of (best bid + best ask) / 2");
  public static final FeatureDefinition BOOK_IMBALANCE =
      sampled(
          "bookImbalance",
          BOOK,
          1,
          1e-12,
          "-1..1",
          "(bid − ask) / (bid + ask) quantity of the 5 best levels of each side");
  public static final FeatureDefinition MICROPRICE =
      sampled(
          "microprice",
          BOOK,
          1,
          1e-12,
          "quote",
          "(bid · ask quantity + ask · bid quantity) / (bid quantity + ask quantity) of the best"
              + " levels (Gatheral, Oomen 2010)");
  public static final FeatureDefinition SPREAD_BPS =
      sampled("spreadBps", BOOK, 1, 1e-9, "bps", "10000 (ask − bid) / ((bid + ask) / 2)");
  public static final FeatureDefinition TRADE_FLOW_IMBALANCE =
      sampled(
          "tradeFlowImbalance",
          TRADES,
          60,
          1e-12,
          "-1..1",
          "(bought − sold) / (bought + sold) quantity of takers over 60 s; none without a trade");

  private static final List<FeatureDefinition> ALL =
      List.of(
          LOG_RETURN,
          EWMA_VOLATILITY,
          RSI,
          MACD,
          MACD_SIGNAL,
          MACD_HISTOGRAM,
          BOLLINGER_MIDDLE,
          BOLLINGER_UPPER,
          BOLLINGER_LOWER,
          BOLLINGER_PERCENT_B,
          ATR,
          ADX,
          CHOP,
          MID,
          BOOK_IMBALANCE,
          MICROPRICE,
          SPREAD_BPS,
          TRADE_FLOW_IMBALANCE);

  private static final Map<String, FeatureDefinition> BY_NAME = byName();

  private BuiltInFeatures() {}

  public static List<FeatureDefinition> all() {
    return ALL;
  }

  public static Optional<FeatureDefinition> find(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  private static Map<String, FeatureDefinition> byName() {
    Map<String, FeatureDefinition> definitions = new TreeMap<>();
    ALL.forEach(definition -> definitions.put(definition.name(), definition));
    return Map.copyOf(definitions);
  }

  private static FeatureDefinition candles(
      String name, int lookBack, double tolerance, String unit, String formula) {
    return new FeatureDefinition(name, 1, CANDLES, lookBack, tolerance, unit, formula);
  }

  private static FeatureDefinition sampled(
      String name,
      FeatureInput input,
      int lookBack,
      double tolerance,
      String unit,
      String formula) {
    return new FeatureDefinition(name, 1, input, lookBack, tolerance, unit, formula);
  }
}
