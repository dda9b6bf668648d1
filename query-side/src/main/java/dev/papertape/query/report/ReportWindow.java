package dev.papertape.query.report;

import dev.papertape.eventstore.web.QueryReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far back a report looks: {@code <n>{m|h|d}} from 1m to 90d, in feed time.
 *
 * <p>Its bounds are cut to {@link #resolutionSeconds}: to the second up to an hour, else to the
 * minute. An event is within when its own feed time, cut the same way, is later than {@code from}
 * and not later than {@code to}. So the newest event is always within, two windows that meet share
 * nothing, and the window covers {@code [from + resolution, to + resolution)}.
 */
public record ReportWindow(Duration length) {
  private static final Pattern TEXT = Pattern.compile("([1-9][0-9]{0,5})([mhd])");
  private static final Duration SHORTEST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final Duration BY_THE_SECOND = Duration.ofHours(1);

  /** After the bounds that it is held to. */
  public static final ReportWindow DEFAULT = new ReportWindow(Duration.ofDays(7));

  public ReportWindow {
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("from 1m to 90d, not " + length);
    }
  }

  /**
   * @throws IllegalArgumentException for anything but 1m to 90d
   */
  public static ReportWindow parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("not a window: " + text);
    }
    long count = Long.parseLong(matcher.group(1));
    return new ReportWindow(
        switch (matcher.group(2)) {
          case "m" -> Duration.ofMinutes(count);
          case "h" -> Duration.ofHours(count);
          default -> Duration.ofDays(count);
        });
  }

  /** The parameter {@code window} of a request, or the default. */
  public static ReportWindow of(QueryReader query) {
    return query
        .parsed(
            "window",
            ReportWindow::parse,
            "OUT_OF_RANGE",
            "must be from 1m to 90d, such as 30m, 4h or 7d")
        .orElse(DEFAULT);
  }

  /** 1 up to an hour, else 60. */
  public int resolutionSeconds() {
    return length.compareTo(BY_THE_SECOND) <= 0 ? 1 : 60;
  }

  /** The window that ends with the newest event, cut as its length asks. */
  public Span ending(Instant newest) {
    return ending(newest, resolutionSeconds());
  }

  /** The same, cut to the minute where rows by the second are no longer kept. */
  public Span endingCutToMinutes(Instant newest) {
    return ending(newest, 60);
  }

  private Span ending(Instant newest, int resolutionSeconds) {
    long to = Math.floorDiv(newest.getEpochSecond(), resolutionSeconds) * resolutionSeconds;
    return new Span(to - length.toSeconds(), to, resolutionSeconds);
  }

  /** {@code 7d}, {@code 4h} or {@code 90m}. */
  @Override
  public String toString() {
    long minutes = length.toMinutes();
    if (minutes % (24 * 60) == 0) {
      return String.format(Locale.ROOT, "%dd", minutes / (24 * 60));
    }
    return minutes % 60 == 0
        ? String.format(Locale.ROOT, "%dh", minutes / 60)
        : String.format(Locale.ROOT, "%dm", minutes);
  }

  /**
   * A window with its bounds.
   *
   * @param from epoch second; buckets later than it are within
   * @param to epoch second of the last bucket, which is within
   * @param resolutionSeconds 1 or 60; {@code from} and {@code to} are multiples of it
   */
  public record Span(long from, long to, int resolutionSeconds) {
    public Instant fromTime() {
      return Instant.ofEpochSecond(from);
    }

    public Instant toTime() {
      return Instant.ofEpochSecond(to);
    }

    /** First instant within. */
    public Instant start() {
      return Instant.ofEpochSecond(from + resolutionSeconds);
    }

    /** First instant no longer within. */
    public Instant end() {
      return Instant.ofEpochSecond(to + resolutionSeconds);
    }
  }
}
