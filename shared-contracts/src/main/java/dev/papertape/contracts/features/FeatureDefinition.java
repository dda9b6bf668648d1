package dev.papertape.contracts.features;

/**
 * What a feature is. A definition is never changed: another formula, look-back or input is another
 * version.
 *
 * @param version 1, 2, …
 * @param lookBack number of newest inputs (bars or one-second samples) that a value is made of;
 *     without that many there is no value
 * @param tolerance how far an online value {@code o} may lie from the backtest's {@code b}: {@code
 *     |o − b| ≤ tolerance · max(1, |o|, |b|)}; 0 asks for the same double
 * @param unit of a value, for example {@code bps}, {@code quote}, {@code ratio}
 * @param formula with its source
 */
public record FeatureDefinition(
    String name,
    int version,
    FeatureInput input,
    int lookBack,
    double tolerance,
    String unit,
    String formula) {

  public FeatureDefinition {
    if (version < 1 || lookBack < 1 || !(tolerance >= 0)) {
      throw new IllegalArgumentException("not a definition of a feature: " + name);
    }
  }

  /** Whether two values of this feature count as one; see {@link #tolerance}. */
  public boolean isWithinTolerance(double online, double backtest) {
    double magnitude = Math.max(1, Math.max(Math.abs(online), Math.abs(backtest)));
    return Math.abs(online - backtest) <= tolerance * magnitude;
  }
}
