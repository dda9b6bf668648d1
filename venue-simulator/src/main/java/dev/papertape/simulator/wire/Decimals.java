package dev.papertape.simulator.wire;

import java.math.BigDecimal;
import java.util.Locale;

/**
 * Numbers of steps as decimal text with the step's own decimals.
 *
 * @param unscaled the step is {@code unscaled / 10^decimals}
 */
public record Decimals(long unscaled, int decimals) {

  public static Decimals of(BigDecimal step) {
    BigDecimal stripped = step.stripTrailingZeros();
    int decimals = Math.max(0, stripped.scale());
    return new Decimals(stripped.setScale(decimals).unscaledValue().longValueExact(), decimals);
  }

  public StringBuilder append(StringBuilder out, long steps) {
    return out.append(text(steps));
  }

  public String text(long steps) {
    return BigDecimal.valueOf(digits(steps), decimals).toPlainString();
  }

  /** The text without its point and leading zeros, as a number. */
  public long digits(long steps) {
    return Math.multiplyExact(steps, unscaled);
  }

  /** An amount in {@code these steps · others}, rounded to no step: for averages. */
  public String average(long weighted, long weight) {
    return String.format(
        Locale.ROOT, "%." + (decimals + 1) + "f", (double) weighted / weight * unscaled / pow());
  }

  private double pow() {
    return StrictMath.pow(10, decimals);
  }
}
