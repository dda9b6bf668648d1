package dev.papertape.command.market;

import dev.papertape.contracts.market.Venue;
import java.time.Instant;

/**
 * Where and when a frame came in.
 *
 * @param receivedAt local receive time, nanoseconds where the source has them
 * @param source index of the connection or file, &ge; 0
 * @param ordinal number of the frame within its source, ascending
 */
public record Arrival(Venue venue, Instant receivedAt, int source, long ordinal) {
  Arrival at(Instant time) {
    return new Arrival(venue, time, source, ordinal);
  }
}
