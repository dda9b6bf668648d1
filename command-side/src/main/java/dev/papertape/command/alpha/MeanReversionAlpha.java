package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reversion to the trailing mean: z = (ln mid − mean) / deviation over the look-back (population
 * deviation, the newest included), the Bollinger band rule (Bollinger 2001; Chan, Algorithmic
 * Trading, 2013). At {@code |z| ≥ enter} it wishes the other way, until z is within {@code exit} of
 * the mean. Odd in the log returns.
 */
public final class MeanReversionAlpha implements Alpha {
  /** Below this deviation of the log mid there is nothing to revert to (0.01 bps). */
  private static final double STILL = 1e-6;

  private final String id;
  private final int lookBack;
  private final double enter;
  private final double exit;

  /**
   * @param lookBack samples, &ge; 3
   * @param enter z at which a wish begins, &gt; exit &ge; 0
   * @param exit z at which it ends
   */
  public MeanReversionAlpha(String id, int lookBack, double enter, double exit) {
    if (lookBack < 3 || !(enter > exit) || !(exit >= 0)) {
      throw new IllegalArgumentException("needs three samples or more, and enter > exit >= 0");
    }
    this.id = id;
    this.lookBack = lookBack;
    this.enter = enter;
    this.exit = exit;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public AlphaKind kind() {
    return AlphaKind.MEAN_REVERSION;
  }

  @Override
  public int lookBack() {
    return lookBack;
  }

  @Override
  public List<String> features() {
    return List.of();
  }

  @Override
  public @Nullable Double signal(AlphaMoment now) {
    if (now.mids().size() < lookBack) {
      return null;
    }
    return Hysteresis.wish(-z(now.mids().newestLogs(lookBack)), enter, exit, now.previous());
  }

  /** Measured from the first log, so that a price of millions loses no digits in the squares. */
  private static double z(double[] logs) {
    double sum = 0;
    for (double log : logs) {
      sum += log - logs[0];
    }
    double mean = sum / logs.length;
    double squares = 0;
    for (double log : logs) {
      double deviation = log - logs[0] - mean;
      squares += deviation * deviation;
    }
    double deviation = Math.sqrt(squares / logs.length);
    return deviation < STILL ? 0 : (logs[logs.length - 1] - logs[0] - mean) / deviation;
  }
}
