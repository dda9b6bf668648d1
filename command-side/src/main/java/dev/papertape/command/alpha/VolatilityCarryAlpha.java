package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries the drift while volatility falls: with r the realised volatility of the newest {@code
 * shortLookBack} log returns over that of {@code longMultiple} times as many, it wishes sign(return
 * over the long look-back) · min(1, (1 − r) / fullAt), and nothing while r &ge; 1.
 *
 * <p>Said plainly: spot prices have no term structure of implied volatility, so this is not the
 * variance risk premium of options. It is the volatility timing of Moreira and Muir (2017): more
 * risk while recent variance is below its longer mean, on the sign of time-series momentum. Odd in
 * the log returns.
 */
public final class VolatilityCarryAlpha implements Alpha {
  /** Below this volatility a step, a market counts as standing still (0.01 bps). */
  private static final double STILL = 1e-6;

  private final String id;
  private final int shortLookBack;
  private final int longLookBack;
  private final double fullAt;

  /**
   * @param shortLookBack returns, &ge; 2
   * @param longMultiple of them make the long look-back, &ge; 2
   * @param fullAt fall of volatility (1 − r) at which the wish is whole, in (0, 1]
   */
  public VolatilityCarryAlpha(String id, int shortLookBack, int longMultiple, double fullAt) {
    if (shortLookBack < 2 || longMultiple < 2 || !(fullAt > 0 && fullAt <= 1)) {
      throw new IllegalArgumentException("needs two returns, twice as many, and a share in (0, 1]");
    }
    this.id = id;
    this.shortLookBack = shortLookBack;
    this.longLookBack = shortLookBack * longMultiple;
    this.fullAt = fullAt;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public AlphaKind kind() {
    return AlphaKind.VOLATILITY_CARRY;
  }

  @Override
  public int lookBack() {
    return longLookBack + 1;
  }

  @Override
  public List<String> features() {
    return List.of();
  }

  @Override
  public @Nullable Double signal(AlphaMoment now) {
    if (now.mids().size() < lookBack()) {
      return null;
    }
    double[] logs = now.mids().newestLogs(lookBack());
    double usual = volatility(logs, longLookBack);
    if (usual < STILL) {
      return 0.0;
    }
    double fall = 1 - volatility(logs, shortLookBack) / usual;
    double drift = Math.signum(logs[longLookBack] - logs[0]);
    return fall <= 0 || drift == 0 ? 0.0 : drift * Math.min(1, fall / fullAt);
  }

  /** Root mean square of the newest {@code returns} returns (mean taken as 0), per step. */
  private static double volatility(double[] logs, int returns) {
    double squares = 0;
    for (int i = logs.length - returns; i < logs.length; i++) {
      double step = logs[i] - logs[i - 1];
      squares += step * step;
    }
    return Math.sqrt(squares / returns);
  }
}
