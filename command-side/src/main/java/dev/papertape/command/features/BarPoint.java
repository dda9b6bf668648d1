package dev.papertape.command.features;

import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleInterval;
import java.time.Instant;

/** A 1m bar as statistics see it. */
record BarPoint(Instant openTime, double high, double low, double close) {
  static BarPoint of(Bar bar) {
    return new BarPoint(
        bar.openTime(),
        bar.high().doubleValue(),
        bar.low().doubleValue(),
        bar.close().doubleValue());
  }

  /** The moment that a value over bars up to this one speaks of. */
  Instant closeTime() {
    return closeTime(openTime);
  }

  static Instant closeTime(Instant openTime) {
    return openTime.plus(CandleInterval.ONE_MINUTE.length());
  }
}
