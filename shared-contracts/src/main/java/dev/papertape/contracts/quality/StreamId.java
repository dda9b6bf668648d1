package dev.papertape.contracts.quality;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;

/** One channel of one symbol at one venue: what quality is counted and judged for. */
public record StreamId(Venue venue, Symbol symbol, Channel channel) {
  @Override
  public String toString() {
    return venue + "/" + symbol + "/" + channel;
  }
}
