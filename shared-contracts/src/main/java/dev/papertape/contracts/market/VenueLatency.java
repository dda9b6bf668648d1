package dev.papertape.contracts.market;

/**
 * The latency of paper orders at a venue, in milliseconds, each &ge; 0. A fill walks the book as it
 * stands {@code feedMs + orderEntryMs + responseMs} of feed time after the decision.
 */
public record VenueLatency(long feedMs, long orderEntryMs, long responseMs) {
  public long totalMs() {
    return feedMs + orderEntryMs + responseMs;
  }
}
