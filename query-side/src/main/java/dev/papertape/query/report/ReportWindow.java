package dev.papertape.query.report;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far back a report looks: {@code <n>{m|h|d}} from 1m to 90d. */
public record ReportWindow(Duration length) {
  private static final Pattern SHAPE = Pattern.compile("([1-9][0-9]{0,5})([mhd])");
  private static final Duration LONGEST = Duration.ofDays(90);

  public static ReportWindow parse(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (!shape.matches()) {
      throw new IllegalArgumentException("not a window: " + text);
    }
    long count = Long.parseLong(shape.group(1));
    Duration length =
        switch (shape.group(2)) {
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        };
    if (length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("longer than 90d: " + text);
    }
    return new ReportWindow(length);
  }
}
