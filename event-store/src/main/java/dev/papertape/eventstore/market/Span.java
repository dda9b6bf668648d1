package dev.papertape.eventstore.market;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A span of time, {@code [from, to)}. */
public record Span(Instant from, Instant to) {

  boolean touches(Span later) {
    return !later.from.isAfter(to);
  }

  public boolean contains(Span other) {
    return !other.from.isBefore(from) && !other.to.isAfter(to);
  }

  /** The same time in as few spans as possible, in order. */
  static List<Span> union(List<Span> byStart) {
    List<Span> united = new ArrayList<>();
    for (Span span : byStart) {
      if (united.isEmpty() || !united.getLast().touches(span)) {
        united.add(span);
      } else if (span.to.isAfter(united.getLast().to)) {
        united.set(united.size() - 1, new Span(united.getLast().from, span.to));
      }
    }
    return List.copyOf(united);
  }
}
