package dev.papertape.eventstore.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Exact decimals of requests: prices, quantities and money. They come as JSON strings or numbers
 * and are taken from their digits, never through a {@code double}.
 */
public final class InputDecimal {
  /** JSON's own number grammar, with at most three digits in the exponent. */
  private static final Pattern SHAPE =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");

  private static final int LONGEST = 64;

  /** Integer digits that a decimal may have; what is larger is not a price, quantity or sum. */
  private static final int INTEGER_DIGITS = 18;

  private static final int FRACTION_DIGITS = 18;

  private InputDecimal() {}

  static @Nullable Refusal refusal(JsonNode node, boolean positive) {
    if (!node.isTextual() && !node.isNumber()) {
      return null;
    }
    String text = node.asText();
    if (node.isTextual() && (text.length() > LONGEST || !SHAPE.matcher(text).matches())) {
      return new Refusal("NOT_A_DECIMAL", "must be a decimal such as 0.05 or \"0.05\"");
    }
    BigDecimal value = value(node);
    if (value.signum() != 0 && (long) value.precision() - value.scale() > INTEGER_DIGITS) {
      return new Refusal("OUT_OF_RANGE", "must be smaller than 10^" + INTEGER_DIGITS);
    }
    if (decimals(value) > FRACTION_DIGITS) {
      return new Refusal("TOO_PRECISE", "must have at most " + FRACTION_DIGITS + " decimals");
    }
    if (positive && value.signum() <= 0) {
      return new Refusal("NOT_POSITIVE", "must be greater than 0");
    }
    return null;
  }

  /**
   * The value of a node that keeps its contract. Zeros that end it are dropped, so that 1.500 and
   * 1.5 are one value to whatever scales them.
   */
  public static BigDecimal read(JsonNode node) {
    BigDecimal value = value(node);
    return value.setScale(decimals(value));
  }

  /** Decimals that carry something: 1.500 has one, 100 has none. */
  public static int decimals(BigDecimal value) {
    return value.signum() == 0 ? 0 : Math.max(0, value.stripTrailingZeros().scale());
  }

  private static BigDecimal value(JsonNode node) {
    return node.isTextual() ? new BigDecimal(node.textValue()) : node.decimalValue();
  }
}
