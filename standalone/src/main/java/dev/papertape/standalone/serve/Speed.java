package dev.papertape.standalone.serve;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a recording is played.
 *
 * @param factor recorded time per real time, more than 0; infinite is as fast as possible
 */
public record Speed(double factor) {

  public static final Speed REAL = new Speed(1);
  public static final Speed MAX = new Speed(Double.POSITIVE_INFINITY);

  private static final Pattern FACTOR = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)x");

  public Speed {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("a speed is more than 0: " + factor);
    }
  }

  /**
   * Reads {@code real}, {@code max} or a factor such as {@code 10x}.
   *
   * @throws IllegalArgumentException if it is none of these
   */
  public static Speed parse(String text) {
    Matcher matcher = FACTOR.matcher(text);
    return switch (text) {
      case "real" -> REAL;
      case "max" -> MAX;
      case String _ when matcher.matches() -> new Speed(Double.parseDouble(matcher.group(1)));
      default ->
          throw new IllegalArgumentException(
              "'%s' is no speed: use real, max or a factor such as 10x".formatted(text));
    };
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    if (equals(REAL)) {
      return "real";
    }
    return equals(MAX) ? "max" : java.math.BigDecimal.valueOf(factor).toPlainString() + "x";
  }
}
