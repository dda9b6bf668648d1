package dev.papertape.simulator.binance;

import java.util.Map;
import java.util.Optional;

/** Bar lengths that are whole minutes and divide a day: their grid is the epoch's. */
final class KlineInterval {

  private static final long MINUTE = 60_000;

  private static final Map<String, Long> MILLIS =
      Map.ofEntries(
          Map.entry("1m", MINUTE),
          Map.entry("3m", 3 * MINUTE),
          Map.entry("5m", 5 * MINUTE),
          Map.entry("15m", 15 * MINUTE),
          Map.entry("30m", 30 * MINUTE),
          Map.entry("1h", 60 * MINUTE),
          Map.entry("2h", 120 * MINUTE),
          Map.entry("4h", 240 * MINUTE),
          Map.entry("6h", 360 * MINUTE),
          Map.entry("8h", 480 * MINUTE),
          Map.entry("12h", 720 * MINUTE),
          Map.entry("1d", 1440 * MINUTE));

  private KlineInterval() {}

  static Optional<Long> millis(String name) {
    return Optional.ofNullable(MILLIS.get(name));
  }
}
