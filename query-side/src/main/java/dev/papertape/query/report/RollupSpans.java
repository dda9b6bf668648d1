package dev.papertape.query.report;

import java.util.ArrayList;
import java.util.List;

/** Which rows make up a window: the coarsest that fit into it, finer ones at both edges. */
final class RollupSpans {
  private RollupSpans() {}

  /** Rows of one resolution with {@code from <= start < to}, epoch seconds. */
  record Span(Resolution resolution, long from, long to) {}

  /**
   * Spans that together are exactly {@code [from, to)}.
   *
   * @param from epoch second, a multiple of {@code finest}'s length, as is {@code to}
   */
  static List<Span> cover(long from, long to, Resolution finest) {
    List<Span> spans = new ArrayList<>();
    cover(from, to, finest.ordinal(), spans);
    return List.copyOf(spans);
  }

  private static void cover(long from, long to, int level, List<Span> spans) {
    if (from >= to) {
      return;
    }
    Resolution resolution = Resolution.values()[level];
    if (level + 1 == Resolution.values().length) {
      spans.add(new Span(resolution, from, to));
      return;
    }
    Resolution coarser = Resolution.values()[level + 1];
    long first = Math.min(to, ceiling(from, coarser));
    long last = Math.max(first, coarser.start(to));
    add(new Span(resolution, from, first), spans);
    cover(first, last, level + 1, spans);
    add(new Span(resolution, last, to), spans);
  }

  private static void add(Span span, List<Span> spans) {
    if (span.from < span.to) {
      spans.add(span);
    }
  }

  private static long ceiling(long second, Resolution resolution) {
    return -resolution.start(-second);
  }
}
