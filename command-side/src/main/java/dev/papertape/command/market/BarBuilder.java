package dev.papertape.command.market;

import dev.papertape.contracts.market.Bar;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Bars from trades, in exact decimals: open and close are the first and the last trade as they
 * came, volume is the exact sum, the mean price is rounded to 16 digits. An interval without trades
 * has no bar. Trades come in the venue's order; one of an interval that is closed already is
 * counted and left out. Not thread-safe.
 */
public final class BarBuilder {
  private final long intervalMs;
  private long opened = Long.MIN_VALUE;
  private long closedBefore = Long.MIN_VALUE;
  private long late;
  private long trades;
  private BigDecimal open = BigDecimal.ZERO;
  private BigDecimal high = BigDecimal.ZERO;
  private BigDecimal low = BigDecimal.ZERO;
  private BigDecimal close = BigDecimal.ZERO;
  private BigDecimal volume = BigDecimal.ZERO;
  private BigDecimal notional = BigDecimal.ZERO;

  /**
   * @param interval at least a millisecond; bars lie on its grid from the epoch
   */
  public BarBuilder(Duration interval) {
    intervalMs = interval.toMillis();
    if (intervalMs < 1) {
      throw new IllegalArgumentException("interval is at least 1 ms, not " + interval);
    }
  }

  /**
   * Adds a trade.
   *
   * @param at the venue's time of the trade
   * @param price above 0
   * @param quantity in the base asset, above 0
   * @return the bar that the trade closes, being the first of a later interval; null otherwise
   */
  public @Nullable Bar add(Instant at, BigDecimal price, BigDecimal quantity) {
    long start = Math.floorDiv(at.toEpochMilli(), intervalMs) * intervalMs;
    if (start < Math.max(opened, closedBefore)) {
      late++;
      return null;
    }
    Bar closed = start > opened ? close() : null;
    if (trades == 0) {
      opened = start;
      open = price;
      high = price;
      low = price;
    }
    high = high.max(price);
    low = low.min(price);
    close = price;
    volume = volume.add(quantity);
    notional = notional.add(price.multiply(quantity));
    trades++;
    return closed;
  }

  /**
   * Closes the open bar if its interval ends at or before {@code time}; trades before that time are
   * late from now on.
   */
  public @Nullable Bar closeUpTo(Instant time) {
    long end = Math.floorDiv(time.toEpochMilli(), intervalMs) * intervalMs;
    closedBefore = Math.max(closedBefore, end);
    return trades > 0 && opened + intervalMs <= end ? close() : null;
  }

  /** Trades left out because their interval was closed. */
  public long late() {
    return late;
  }

  private @Nullable Bar close() {
    if (trades == 0) {
      return null;
    }
    BigDecimal mean =
        volume.signum() == 0 ? BigDecimal.ZERO : notional.divide(volume, MathContext.DECIMAL64);
    Bar bar = new Bar(Instant.ofEpochMilli(opened), open, high, low, close, volume, mean, trades);
    closedBefore = Math.max(closedBefore, opened + intervalMs);
    trades = 0;
    volume = BigDecimal.ZERO;
    notional = BigDecimal.ZERO;
    return bar;
  }
}
