package dev.papertape.contracts.promotion;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One gate as it stood.
 *
 * @param bound which side of {@code required} is good
 * @param required in the gate's unit
 * @param value in the gate's unit, null where it cannot be known yet
 * @param samples that the value is measured from
 * @param minimumSamples below which the value says nothing
 */
public record GateResult(
    Gate name,
    Gate.Bound bound,
    double required,
    @Nullable Double value,
    long samples,
    long minimumSamples,
    boolean passed) {

  /** For people, for example {@code MIN_TRADES 3 (at least 20)}. */
  public String said() {
    String few =
        samples < minimumSamples ? ", %d of %d samples".formatted(samples, minimumSamples) : "";
    return "%s %s (%s %s%s)"
        .formatted(
            name,
            value == null ? "unknown" : number(value),
            bound == Gate.Bound.AT_LEAST ? "at least" : "at most",
            number(required),
            few);
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : String.format(Locale.ROOT, "%.4g", value);
  }
}
