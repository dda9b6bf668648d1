package dev.papertape.simulator.config;

import java.math.BigDecimal;
import java.util.List;

/**
 * The market that a fresh start sees. ALTO is deep, quick and dearer and speaks Binance's wire;
 * BRIO cheap with coarser ticks, Coinbase's; CIELO cheapest, thin and slow, Kraken's: so that fee,
 * depth and latency pull a router apart, and every way to prove a book is at work.
 */
final class DefaultMarket {

  private static final int WEIGHT_PER_MINUTE = 6000;
  private static final int REFUSALS_BEFORE_BAN = 20;
  private static final int DAY_MINUTES = 1440;

  private DefaultMarket() {}

  static SimulatorConfig config(long seed) {
    return new SimulatorConfig(
        seed,
        "127.0.0.1",
        0,
        1.0,
        DAY_MINUTES,
        null,
        List.of(
            new Instrument("BTC-USDT", new BigDecimal("64000"), 1.00, 0.25),
            new Instrument("ETH-USDT", new BigDecimal("3200"), 1.20, 0.45),
            new Instrument("SOL-USDT", new BigDecimal("160"), 1.45, 0.70)),
        List.of(alto(), brio(), cielo()));
  }

  private static VenueConfig alto() {
    return new VenueConfig(
        "ALTO",
        0,
        new VenueFees(2.0, 7.5),
        new VenueLatency(4, 3),
        0.8,
        100,
        0,
        WEIGHT_PER_MINUTE,
        REFUSALS_BEFORE_BAN,
        List.of(
            listing("BTC-USDT", "0.01", "0.00001", "5", 0.8, 60_000, 80, 2.0),
            listing("ETH-USDT", "0.01", "0.0001", "5", 1.0, 35_000, 70, 1.6),
            listing("SOL-USDT", "0.01", "0.001", "5", 1.6, 18_000, 60, 1.2)));
  }

  private static VenueConfig brio() {
    return new VenueConfig(
            "BRIO",
            0,
            new VenueFees(1.5, 6.0),
            new VenueLatency(12, 8),
            1.2,
            100,
            30,
            WEIGHT_PER_MINUTE,
            REFUSALS_BEFORE_BAN,
            List.of(
                listing("BTC-USDT", "0.10", "0.0001", "10", 1.2, 40_000, 60, 1.2),
                listing("ETH-USDT", "0.01", "0.001", "10", 1.5, 24_000, 50, 1.0),
                listing("SOL-USDT", "0.01", "0.01", "10", 2.2, 12_000, 50, 0.8)))
        .withWire(VenueWire.COINBASE);
  }

  private static VenueConfig cielo() {
    return new VenueConfig(
            "CIELO",
            0,
            new VenueFees(0.0, 5.0),
            new VenueLatency(35, 15),
            1.8,
            200,
            70,
            WEIGHT_PER_MINUTE,
            REFUSALS_BEFORE_BAN,
            List.of(
                listing("BTC-USDT", "0.50", "0.0001", "10", 2.0, 22_000, 40, 0.7),
                listing("ETH-USDT", "0.05", "0.001", "10", 2.4, 14_000, 40, 0.6),
                listing("SOL-USDT", "0.02", "0.1", "10", 3.2, 7_000, 30, 0.5)))
        .withWire(VenueWire.KRAKEN);
  }

  private static Listing listing(
      String symbol,
      String tick,
      String lot,
      String minNotional,
      double spreadBps,
      double touchNotional,
      int levels,
      double marketOrdersPerSecond) {
    return new Listing(
        symbol,
        new BigDecimal(tick),
        new BigDecimal(lot),
        new BigDecimal(minNotional),
        spreadBps,
        touchNotional,
        levels,
        marketOrdersPerSecond);
  }
}
