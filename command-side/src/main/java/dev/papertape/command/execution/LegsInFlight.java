package dev.papertape.command.execution;

import java.time.Instant;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Legs on their way to a venue; those due together arrive in the order in which they were sent. */
final class LegsInFlight {
  private final PriorityQueue<InFlight> legs = new PriorityQueue<>();
  private long sent;

  record InFlight(Instant due, long number, String orderId, int leg)
      implements Comparable<InFlight> {
    @Override
    public int compareTo(InFlight other) {
      int byTime = due.compareTo(other.due);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  void send(String orderId, int leg, Instant due) {
    legs.add(new InFlight(due, sent++, orderId, leg));
  }

  /** The next leg due strictly before {@code time}, null without one. */
  @Nullable InFlight pollBefore(Instant time) {
    return !legs.isEmpty() && legs.peek().due.isBefore(time) ? legs.remove() : null;
  }

  /** The next leg due at {@code time} or before, null without one. */
  @Nullable InFlight pollAt(Instant time) {
    return !legs.isEmpty() && !legs.peek().due.isAfter(time) ? legs.remove() : null;
  }

  boolean hasLegOf(String orderId) {
    return legs.stream().anyMatch(leg -> leg.orderId.equals(orderId));
  }
}
