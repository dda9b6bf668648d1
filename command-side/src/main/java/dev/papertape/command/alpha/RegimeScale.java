package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.regime.Regime;
import org.jspecify.annotations.Nullable;

/**
 * What a built-in alpha's signal is multiplied by in a regime; the one place where a regime touches
 * signals. Alphas of others see the regime themselves and are left alone, and so is everything
 * while no regime is known.
 */
public final class RegimeScale {
  private static final double HALF = 0.5;

  private RegimeScale() {}

  /** In [0, 1]. */
  public static double of(AlphaKind kind, @Nullable Regime regime) {
    if (regime == null) {
      return 1;
    }
    return switch (kind) {
      // No trend to follow where there is none.
      case MOMENTUM -> regime == Regime.CHOP ? HALF : 1;
      // A crash is not an overshoot: who buys it because it fell catches the knife.
      case MEAN_REVERSION ->
          switch (regime) {
            case STRESS -> 0;
            case TREND_UP, TREND_DOWN -> HALF;
            case HIGH_VOL, CHOP -> 1;
          };
      // Channels of a market that goes nowhere are left by accident.
      case BREAKOUT -> regime == Regime.CHOP ? HALF : 1;
      // In stress books are thin and orders are pulled.
      case ORDER_BOOK_IMBALANCE -> regime == Regime.STRESS ? HALF : 1;
      case VOLATILITY_CARRY ->
          switch (regime) {
            case STRESS, HIGH_VOL -> 0;
            case TREND_UP, TREND_DOWN, CHOP -> 1;
          };
      case PROVIDED, EXTERNAL -> 1;
    };
  }
}
