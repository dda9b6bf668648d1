package dev.papertape.command.market;

import dev.papertape.contracts.market.Venue;
import java.time.Instant;

/**
 * What the market hands to the engine's thread. Inputs are merged by (receivedAt, source, ordinal).
 */
public interface MarketInput {
  Venue venue();

  /** Local receive time of the frame, nanoseconds where the source has them. */
  Instant receivedAt();

  /** This frame as received at another time. */
  MarketInput restamped(Instant receivedAt);

  /** Index of the connection or file; breaks ties of receive time. */
  int source();

  /** Number of the frame within its source; breaks ties of source. */
  long ordinal();
}
