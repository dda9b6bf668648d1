package dev.papertape.command.regime;

import dev.papertape.contracts.market.Bar;
import java.time.Duration;
import java.time.Instant;

/**
 * A closed bar as the regime sees it, of any length.
 *
 * @param length from open to close
 */
public record RegimeBar(Instant openTime, Duration length, double high, double low, double close) {

  public static RegimeBar of(Bar bar, Duration length) {
    return new RegimeBar(
        bar.openTime(),
        length,
        bar.high().doubleValue(),
        bar.low().doubleValue(),
        bar.close().doubleValue());
  }

  /** The first moment at which all of it is known. */
  Instant closeTime() {
    return openTime.plus(length);
  }

  /** Bars of this length since the epoch, this one not counted. */
  long number() {
    return Math.floorDiv(openTime.toEpochMilli(), length.toMillis());
  }
}
