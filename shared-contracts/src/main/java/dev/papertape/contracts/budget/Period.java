package dev.papertape.contracts.budget;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The length of a window as people write it: {@code 10s}, {@code 1m}, {@code 1h}, {@code 1d}. */
public final class Period {
  private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,9})(ms|s|m|h|d)");
  private static final String[] UNITS = {"d", "h", "m", "s"};

  private Period() {}

  /** Milliseconds; empty for what is none, or longer than a window may be. */
  public static OptionalLong parse(String text) {
    Matcher matcher = SHAPE.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    long millis = Long.parseLong(matcher.group(1)) * unit(matcher.group(2));
    return millis > Quota.LONGEST_PERIOD_MS ? OptionalLong.empty() : OptionalLong.of(millis);
  }

  /** Whether it is a number and a unit, however long that is. */
  public static boolean isWellFormed(String text) {
    return SHAPE.matcher(text).matches();
  }

  /** In the largest unit that it is a whole number of. */
  public static String text(long millis) {
    for (String unit : UNITS) {
      if (millis % unit(unit) == 0) {
        return String.format(Locale.ROOT, "%d%s", millis / unit(unit), unit);
      }
    }
    return millis + "ms";
  }

  private static long unit(String name) {
    return switch (name) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      case "h" -> 3_600_000;
      case "d" -> 86_400_000;
      default -> throw new IllegalArgumentException(name);
    };
  }
}
