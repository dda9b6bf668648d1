package dev.papertape.contracts.promotion;

import org.jspecify.annotations.Nullable;

/**
 * What was measured of one gate.
 *
 * @param value in the gate's unit, null where it cannot be known yet
 * @param samples that it was measured from
 */
public record GateValue(@Nullable Double value, long samples) {
  /** Nothing to measure by. */
  public static final GateValue UNKNOWN = new GateValue(null, 0);
}
