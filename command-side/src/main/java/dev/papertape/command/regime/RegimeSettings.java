package dev.papertape.command.regime;

/**
 * The numbers of the rules. Lengths are counted in bars, so the same rules stand for minutes and
 * for hours; a label begins at {@code enter} and ends only at {@code exit}.
 *
 * @param stressDrawdown fall from the highest price of the last {@link DrawdownSpeed#BARS} bars, in
 *     what a random walk of the usual volatility moves in that time (a ratio, &gt; 0)
 * @param stressSpread spread now by the usual one, a ratio
 * @param turbulence probability of TURBULENT, in [0, 1]
 * @param volatilityRatio short by long volatility
 * @param trend displacement of the last few bars in units of the long volatility, of either sign
 * @param adx ADX(14), in [0, 100]
 * @param chop choppiness index of 14 bars, in [0, 100]: a trend enters and stays below
 * @param dwellBars a label other than STRESS is neither left nor taken earlier than so many bars
 *     after the last change
 * @param warmUpBars no label before so many bars
 */
public record RegimeSettings(
    Threshold stressDrawdown,
    Threshold stressSpread,
    Threshold turbulence,
    Threshold volatilityRatio,
    Threshold trend,
    Threshold adx,
    Threshold chop,
    int dwellBars,
    int warmUpBars) {

  /** Names the rules in {@code modelVersion}; another set of numbers or rules is another name. */
  public static final String RULES = "rules-1";

  /** Chosen on a copy of the simulator's price model, tried on its seeds; decision 0018. */
  public static final RegimeSettings DEFAULT =
      new RegimeSettings(
          new Threshold(4, 1.5),
          new Threshold(2.2, 1.6),
          new Threshold(0.8, 0.5),
          new Threshold(1.6, 1.3),
          new Threshold(0.8, 0.3),
          new Threshold(20, 15),
          new Threshold(55, 65),
          2,
          30);

  /** Where a condition begins to hold and where it ceases to. */
  public record Threshold(double enter, double exit) {

    /** Whether {@code value} reaches up to it; NaN never does. */
    boolean isReached(double value, boolean holds) {
      return value >= (holds ? exit : enter);
    }

    /** Whether {@code value} stays below it; NaN never does. */
    boolean isKeptBelow(double value, boolean holds) {
      return value <= (holds ? exit : enter);
    }
  }
}
