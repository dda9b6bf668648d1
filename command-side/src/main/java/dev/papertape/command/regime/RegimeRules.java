package dev.papertape.command.regime;

import dev.papertape.contracts.regime.Regime;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From readings to a label, by precedence: STRESS, HIGH_VOL, TREND_UP or TREND_DOWN, CHOP. A label
 * that holds is left at other values than it is taken at. Pure.
 */
final class RegimeRules {
  private final RegimeSettings settings;

  RegimeRules(RegimeSettings settings) {
    this.settings = settings;
  }

  /**
   * @param turbulence probability of TURBULENT, NaN without a model
   * @param current label that holds, null without one
   */
  Regime decide(RegimeReadings now, double turbulence, @Nullable Regime current) {
    if (isStress(now, current == Regime.STRESS)) {
      return Regime.STRESS;
    }
    if (isHighVolatility(now, turbulence, current == Regime.HIGH_VOL)) {
      return Regime.HIGH_VOL;
    }
    if (isTrend(now, now.trend(), current == Regime.TREND_UP)) {
      return Regime.TREND_UP;
    }
    if (isTrend(now, -now.trend(), current == Regime.TREND_DOWN)) {
      return Regime.TREND_DOWN;
    }
    return Regime.CHOP;
  }

  boolean isStress(RegimeReadings now, boolean holds) {
    return settings.stressDrawdown().isReached(now.drawdownSpeed(), holds)
        || settings.stressSpread().isReached(now.spreadRatio(), holds);
  }

  private boolean isHighVolatility(RegimeReadings now, double turbulence, boolean holds) {
    return settings.turbulence().isReached(turbulence, holds)
        || settings.volatilityRatio().isReached(now.volatilityRatio(), holds);
  }

  private boolean isTrend(RegimeReadings now, double trend, boolean holds) {
    return settings.trend().isReached(trend, holds)
        && settings.adx().isReached(now.adx(), holds)
        && settings.chop().isKeptBelow(now.chop(), holds);
  }

  /** Why a label holds at these readings, for people. */
  String words(Regime regime, RegimeReadings now, double turbulence) {
    return switch (regime) {
      case STRESS ->
          settings.stressDrawdown().isReached(now.drawdownSpeed(), true)
              ? figures(
                  "fell %.2f usual moves from the highest of three bars (enters at %.2f)",
                  now.drawdownSpeed(), settings.stressDrawdown().enter())
              : figures(
                  "spread is %.2f times the usual (enters at %.2f)",
                  now.spreadRatio(), settings.stressSpread().enter());
      case HIGH_VOL ->
          figures(
              "turbulent with probability %.2f (enters at %.2f, ends below %.2f), volatility %.2f"
                  + " times the usual (%.2f, %.2f)",
              turbulence,
              settings.turbulence().enter(),
              settings.turbulence().exit(),
              now.volatilityRatio(),
              settings.volatilityRatio().enter(),
              settings.volatilityRatio().exit());
      case TREND_UP, TREND_DOWN ->
          figures(
              "moved %.2f usual moves (enters at %.2f) with ADX %.1f (%.1f) and CHOP %.1f (%.1f)",
              now.trend(),
              settings.trend().enter(),
              now.adx(),
              settings.adx().enter(),
              now.chop(),
              settings.chop().enter());
      case CHOP ->
          figures(
              "no stress, high volatility or trend: ADX %.1f, CHOP %.1f, moved %.2f usual moves",
              now.adx(), now.chop(), now.trend());
    };
  }

  private static String figures(String sentence, Object... values) {
    return String.format(Locale.ROOT, sentence, values).replace("NaN", "unknown");
  }
}
