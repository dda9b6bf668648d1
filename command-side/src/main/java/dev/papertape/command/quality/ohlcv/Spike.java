package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import java.util.Locale;

/**
 * A bar whose prices lie further from the previous close than the stream's returns explain.
 *
 * @param previousClose the last good close
 * @param unit one score as a log return: 1.4826 · MAD, floored
 * @param closeScore of the close, in units from the median
 * @param worstScore the largest of the four prices' scores
 */
record Spike(Bar bar, double previousClose, double unit, double closeScore, double worstScore) {
  /** Beyond it a price is a spike (market-wire.md, "Spike"). */
  static final double LIMIT = 8;

  /**
   * How far, in units, a price inside a bar may lie from both its neighbours when the close is
   * good. The bars around cannot confirm a lone wick, so only an absurd one is bad: over the shared
   * files true wicks reach 53 (Coinbase, 2019-04-02 05:00), the 0.06 print of 2017-04-15 reaches
   * 450 to 1190, broken daily quotes 69 and more.
   */
  static final double WICK_LIMIT = 64;

  /** ... and in log price: ×1.5. True wicks reach 0.31 (2017-12-22), broken quotes 0.81. */
  static final double WICK_LIMIT_LOG = StrictMath.log(1.5);

  boolean inClose() {
    return closeScore > LIMIT;
  }

  /** The widest distance between two closes of one level, as a log return. */
  double levelWidth() {
    return LIMIT * unit;
  }

  /**
   * Whether the next bar's open shows that the market stood where this bar says it did.
   *
   * @param missing intervals between the two; what a market may move in them grows with their root
   */
  boolean isConfirmedBy(double nextOpen, long missing) {
    double width = levelWidth() * Math.sqrt(missing + 1.0);
    return (!inClose() || distance(bar.close().doubleValue(), nextOpen) <= width)
        && wicksAreNear(nextOpen);
  }

  /** Whether no price of the bar lies absurdly far from both its neighbours. */
  boolean wicksAreNear(double nextOpen) {
    return isNear(bar.open().doubleValue(), nextOpen)
        && isNear(bar.high().doubleValue(), nextOpen)
        && isNear(bar.low().doubleValue(), nextOpen);
  }

  private boolean isNear(double level, double nextOpen) {
    double limit = Math.min(WICK_LIMIT * unit, WICK_LIMIT_LOG);
    return Math.min(distance(level, previousClose), distance(level, nextOpen)) <= limit;
  }

  static double distance(double a, double b) {
    return Math.abs(StrictMath.log(a / b));
  }

  String detail() {
    return String.format(
        Locale.ROOT,
        "close %.1f, worst price %.1f scores from the median of returns (limit %.0f, a score is"
            + " %.1f bps)",
        closeScore,
        worstScore,
        LIMIT,
        unit * 1e4);
  }
}
