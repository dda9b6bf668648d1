package dev.papertape.query.report;

import dev.papertape.query.report.ReportWindow.Span;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The window as used. An event is within when its feed time, cut to {@code resolutionMs}, is later
 * than {@code from} and not later than {@code to}.
 *
 * @param asked as the request named it
 * @param from null when nothing has happened yet
 * @param to null when nothing has happened yet
 */
public record WindowView(
    String asked, @Nullable Instant from, @Nullable Instant to, long resolutionMs) {
  public static WindowView of(ReportWindow window, @Nullable Span span) {
    return span == null
        ? new WindowView(window.toString(), null, null, window.resolutionSeconds() * 1000L)
        : new WindowView(
            window.toString(), span.fromTime(), span.toTime(), span.resolutionSeconds() * 1000L);
  }
}
