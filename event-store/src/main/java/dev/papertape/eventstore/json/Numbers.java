package dev.papertape.eventstore.json;

import java.io.IOException;
import java.math.BigDecimal;
import org.erdtman.jcs.NumberToJSON;

/** Numbers as RFC 8785 has them: IEEE doubles, written as ECMAScript writes them. */
final class Numbers {
  private static final long MAX_EXACT = 1L << 53;

  private Numbers() {}

  /** Whether every integer up to this size is a double of its own. */
  static boolean isExact(long number) {
    return number >= -MAX_EXACT && number <= MAX_EXACT;
  }

  /**
   * The shortest text that gives the same double.
   *
   * @throws IOException for NaN and infinities
   */
  static String text(double number) throws IOException {
    long whole = (long) number;
    if (whole == number && isExact(whole)) {
      return Long.toString(whole);
    }
    return NumberToJSON.serializeNumber(number);
  }

  /**
   * The double that a JSON number stands for.
   *
   * @throws NotCanonicalException if it is an integer that a double cannot hold, or too large
   */
  static double parse(String text, boolean integer) {
    double value = Double.parseDouble(text);
    if (Double.isInfinite(value)) {
      throw new NotCanonicalException("number " + text + " is larger than any double");
    }
    if (integer && Math.abs(value) >= MAX_EXACT && !isSame(value, text)) {
      throw new NotCanonicalException("integer " + text + " has more digits than a double keeps");
    }
    return value;
  }

  /** As the double is exactly, or as it is written: shortest, up to 21 digits (RFC 8785). */
  private static boolean isSame(double value, String text) {
    BigDecimal integer = new BigDecimal(text);
    return new BigDecimal(value).compareTo(integer) == 0
        || new BigDecimal(written(value)).compareTo(integer) == 0;
  }

  private static String written(double finite) {
    try {
      return text(finite);
    } catch (IOException e) {
      throw new NotCanonicalException(e.getMessage(), e);
    }
  }
}
