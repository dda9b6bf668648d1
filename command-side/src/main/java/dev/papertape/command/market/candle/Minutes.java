package dev.papertape.command.market.candle;

import dev.papertape.contracts.market.CandleInterval;
import java.time.Duration;
import java.time.Instant;

/** The grid of minutes. */
final class Minutes {
  static final Duration ONE = CandleInterval.ONE_MINUTE.length();

  /** What the store can hold, and more than any venue can mean. */
  private static final Instant EARLIEST = Instant.EPOCH;

  private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

  private Minutes() {}

  static Instant startOf(Instant time) {
    return CandleInterval.ONE_MINUTE.startOf(time);
  }

  static Instant after(Instant openTime) {
    return openTime.plus(ONE);
  }

  /** The first minute that begins at this time or later. */
  static Instant firstFrom(Instant time) {
    Instant start = startOf(time);
    return start.equals(time) ? start : after(start);
  }

  static boolean isOnGrid(Instant openTime) {
    return startOf(openTime).equals(openTime);
  }

  static boolean isPlausible(Instant openTime) {
    return !openTime.isBefore(EARLIEST) && openTime.isBefore(LATEST);
  }
}
