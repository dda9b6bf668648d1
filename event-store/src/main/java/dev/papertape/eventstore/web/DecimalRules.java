package dev.papertape.eventstore.web;

import com.fasterxml.jackson.core.JsonToken;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * Exact decimals: prices, quantities and money. They come as JSON strings or numbers and are taken
 * from their text, never through a {@code double}.
 */
public final class DecimalRules {
  /** JSON's own number grammar, with at most three digits in the exponent. */
  private static final Pattern SHAPE =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");

  private static final int LONGEST = 64;

  /** Integer digits that a decimal may have; what is larger is not a price, quantity or sum. */
  private static final int INTEGER_DIGITS = 18;

  private static final int FRACTION_DIGITS = 18;

  private DecimalRules() {}

  /**
   * Any decimal with at most 18 digits before and 18 after the point; zeros that end it are
   * dropped, so that 1.500 and 1.5 are one value to whatever scales them.
   */
  public static JsonRule<BigDecimal> decimal() {
    return (parser, pointer, violations) -> {
      if (JsonRules.isNonFinite(parser, pointer, violations)) {
        return null;
      }
      if (parser.currentToken() != JsonToken.VALUE_STRING && !parser.currentToken().isNumeric()) {
        return JsonRules.wrongType(parser, pointer, violations, "a decimal string or a number");
      }
      String text = parser.getText();
      if (text.length() > LONGEST || !SHAPE.matcher(text).matches()) {
        violations.add(
            pointer, "NOT_A_DECIMAL", "must be a decimal such as 0.05 or \"0.05\"", text);
        return null;
      }
      BigDecimal value = new BigDecimal(text);
      if (value.precision() - value.scale() > INTEGER_DIGITS && value.signum() != 0) {
        violations.add(pointer, "OUT_OF_RANGE", "must be smaller than 10^" + INTEGER_DIGITS, text);
        return null;
      }
      if (decimals(value) > FRACTION_DIGITS) {
        violations.add(
            pointer, "TOO_PRECISE", "must have at most " + FRACTION_DIGITS + " decimals", text);
        return null;
      }
      return value.setScale(decimals(value));
    };
  }

  public static JsonRule<BigDecimal> positiveDecimal() {
    return decimal()
        .and(
            (value, pointer, violations) -> {
              boolean positive = value.signum() > 0;
              if (!positive) {
                violations.add(
                    pointer, "NOT_POSITIVE", "must be greater than 0", value.toPlainString());
              }
              return positive;
            });
  }

  /** Decimals that carry something: 1.500 has one, 100 has none. */
  public static int decimals(BigDecimal value) {
    return value.signum() == 0 ? 0 : Math.max(0, value.stripTrailingZeros().scale());
  }
}
