package dev.papertape.command.features;

import dev.papertape.contracts.market.Bar;
import java.time.Instant;

/** A bar as statistics see it. */
record BarPoint(Instant openTime, double high, double low, double close) {
  static BarPoint of(Bar bar) {
    return new BarPoint(
        bar.openTime(),
        bar.high().doubleValue(),
        bar.low().doubleValue(),
        bar.close().doubleValue());
  }
}
