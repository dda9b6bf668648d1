package dev.papertape.command.market.recorded;

import dev.papertape.command.market.Arrival;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;

/** Numbers what one capture gives, and stamps it with the time of the line that it came by. */
final class Arrivals {
  private final Venue venue;
  private Instant receivedAt = Instant.EPOCH;
  private long ordinal;

  Arrivals(Venue venue) {
    this.venue = venue;
  }

  Instant receivedAt() {
    return receivedAt;
  }

  void at(Instant time) {
    receivedAt = time;
  }

  /** The next one, over that socket. */
  Arrival next(int source) {
    return new Arrival(venue, receivedAt, source, ordinal++);
  }
}
