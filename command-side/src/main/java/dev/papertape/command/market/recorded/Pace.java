package dev.papertape.command.market.recorded;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How fast a recording is played.
 *
 * @param factor recorded seconds in one real second, &gt; 0; infinite is as fast as possible
 */
public record Pace(double factor) {
  public static final Pace MAX = new Pace(Double.POSITIVE_INFINITY);
  public static final Pace REAL = new Pace(1);

  private static final Pattern FACTOR = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,3})?)x");

  public Pace {
    if (!(factor > 0)) {
      throw new IllegalArgumentException("a pace must be greater than 0, not " + factor);
    }
  }

  /** {@code real}, {@code max}, or a factor as in {@code 10x}. */
  public static Pace parse(String text) {
    Matcher factor = FACTOR.matcher(text);
    if (factor.matches()) {
      return new Pace(Double.parseDouble(factor.group(1)));
    }
    return switch (text) {
      case "real" -> REAL;
      case "max" -> MAX;
      default ->
          throw new IllegalArgumentException(
              "the speed is real, max or a factor such as 10x, not " + text);
    };
  }

  /** When something recorded this long after the start is due, after the start. */
  Duration due(Duration recorded) {
    return factor == 1
        ? recorded
        : Duration.ofNanos((long) Math.min(Long.MAX_VALUE, recorded.toNanos() / factor));
  }
}
