package dev.papertape.command.regime;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The features that the rules look at; NaN where one is not known.
 *
 * @param volatilityRatio EWMA volatility of about 9 bars by that of about 240
 * @param adx ADX(14), Wilder
 * @param chop choppiness index of 14 bars
 * @param trend mean of the last few returns, by long volatility over the square root of their
 *     number
 * @param drawdownSpeed see {@link DrawdownSpeed}
 * @param spreadBps median of the venues' spreads, EWMA of some seconds
 * @param spreadRatio that by the usual one
 */
record RegimeReadings(
    double volatilityRatio,
    double adx,
    double chop,
    double trend,
    double drawdownSpeed,
    double spreadBps,
    double spreadRatio) {

  /**
   * Those that are known, by name.
   *
   * @param varianceRatio see {@link VarianceRatio}: shown, but no rule looks at it
   */
  SortedMap<String, Double> known(double varianceRatio) {
    SortedMap<String, Double> known = new TreeMap<>();
    put(known, "volatilityRatio", volatilityRatio);
    put(known, "adx", adx);
    put(known, "chop", chop);
    put(known, "varianceRatio", varianceRatio);
    put(known, "trend", trend);
    put(known, "drawdownSpeed", drawdownSpeed);
    put(known, "spreadBps", spreadBps);
    put(known, "spreadRatio", spreadRatio);
    return known;
  }

  private static void put(SortedMap<String, Double> known, String name, double value) {
    if (Double.isFinite(value)) {
      known.put(name, value);
    }
  }
}
