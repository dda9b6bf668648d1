package dev.papertape.simulator.config;

/** The wire format that a simulated venue speaks. */
public enum VenueWire {
  /** Binance spot. */
  BINANCE,
  /** Coinbase Advanced Trade. */
  COINBASE,
  /** Kraken, socket v2. */
  KRAKEN
}
