package dev.papertape.eventstore.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decimals of venues' wires, as strings or as numbers: digits and perhaps a point and digits, at
 * most 18 digits that count (those of a 63-bit mantissa) and 15 decimals.
 */
final class WireNumber {
  private static final int MOST_DIGITS = 18;
  private static final int MOST_DECIMALS = 15;
  private static final Pattern SHAPE = Pattern.compile("[0-9]+(\\.[0-9]{1,15})?");

  private WireNumber() {}

  static @Nullable Refusal refusal(JsonNode node, boolean positive) {
    if (!node.isTextual() && !node.isNumber()) {
      return null;
    }
    if (node.isTextual() && !SHAPE.matcher(node.textValue()).matches()) {
      return new Refusal("NOT_A_DECIMAL", "must be digits with at most 15 decimals");
    }
    BigDecimal value = node.isTextual() ? new BigDecimal(node.textValue()) : node.decimalValue();
    if (value.signum() < 0 || value.scale() > MOST_DECIMALS || digits(value) > MOST_DIGITS) {
      return new Refusal(
          "OUT_OF_RANGE", "must have at most 18 digits and 15 decimals, and no sign");
    }
    if (positive && value.signum() == 0) {
      return new Refusal("NOT_POSITIVE", "must be greater than 0");
    }
    return null;
  }

  /** From the first that is not zero to the last before the point, or to the last not zero. */
  private static long digits(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.precision() - (long) Math.min(0, stripped.scale());
  }
}
