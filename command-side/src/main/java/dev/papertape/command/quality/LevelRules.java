package dev.papertape.command.quality;

import dev.papertape.command.market.PriceLevels;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.quality.QualityReason;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the levels of a depth message must be, whatever the book holds: prices above 0 on the tick
 * grid, quantities not below 0, each side strictly up or strictly down in price. Pure.
 *
 * <p>A quantity off the lot grid is only flagged: Binance's own spot capture of 2024-08-08 has
 * three such remainders among its 3,451 messages.
 */
public final class LevelRules {
  private final BigDecimal tickSize;
  private final BigDecimal lotSize;
  private final long tick;
  private final long lot;
  private final int tickDecimals;
  private final int lotDecimals;

  private LevelRules(BigDecimal tickSize, BigDecimal lotSize) {
    this.tickSize = tickSize;
    this.lotSize = lotSize;
    this.tickDecimals = decimals(tickSize);
    this.lotDecimals = decimals(lotSize);
    this.tick = tickSize.setScale(tickDecimals).unscaledValue().longValueExact();
    this.lot = lotSize.setScale(lotDecimals).unscaledValue().longValueExact();
  }

  public static LevelRules of(InstrumentRules rules) {
    return new LevelRules(rules.tickSize(), rules.lotSize());
  }

  /**
   * @param ordered whether the wire's sides come in order, as Binance's do; Coinbase promises no
   *     order within a message, and a wire with a checksum proves its content by that
   * @param grid whether the steps are the venue's own statement
   * @return the gravest finding of both sides, null when there is none
   */
  public @Nullable Finding judge(
      PriceLevels bids, PriceLevels asks, boolean ordered, boolean grid) {
    Finding bid = judge(bids, ordered, grid);
    if (bid != null && bid.outcome() == Outcome.RESYNC) {
      return bid;
    }
    Finding ask = judge(asks, ordered, grid);
    return ask != null && (bid == null || ask.outcome() == Outcome.RESYNC) ? ask : bid;
  }

  private @Nullable Finding judge(PriceLevels side, boolean ordered, boolean grid) {
    int direction = 0;
    int offLot = -1;
    for (int i = 0; i < side.size(); i++) {
      if (side.priceMantissa(i) <= 0) {
        return resync(QualityReason.NON_POSITIVE_PRICE, "a price of " + price(side, i));
      }
      if (side.quantityMantissa(i) < 0) {
        return resync(QualityReason.NEGATIVE_QUANTITY, "a quantity of " + quantity(side, i));
      }
      if (grid && isOff(side.priceMantissa(i), side.priceDecimals(i), tick, tickDecimals)) {
        return resync(
            QualityReason.OFF_TICK, price(side, i) + " is no multiple of the tick " + tickSize);
      }
      if (grid && isOff(side.quantityMantissa(i), side.quantityDecimals(i), lot, lotDecimals)) {
        offLot = i;
      }
      if (ordered && i > 0) {
        int step = compare(side, i - 1, i);
        if (step == 0) {
          return resync(QualityReason.REPEATED_LEVEL, "the price " + price(side, i) + " twice");
        }
        if (direction != 0 && direction != step) {
          return resync(
              QualityReason.UNSORTED,
              price(side, i) + " after " + price(side, i - 1) + ", in turn");
        }
        direction = step;
      }
    }
    return offLot < 0
        ? null
        : Finding.of(
            Outcome.FLAG,
            QualityReason.OFF_LOT,
            quantity(side, offLot) + " is no multiple of the lot " + lotSize.toPlainString());
  }

  /** Whether the value is no multiple of the step; exact. */
  static boolean isOff(long mantissa, int decimals, long step, int stepDecimals) {
    if (decimals > stepDecimals) {
      // Trailing zeros are stripped, so more decimals than the step's cannot be a multiple of it.
      return mantissa != 0;
    }
    if (step == 1) {
      return false;
    }
    long scaled = mantissa;
    for (int d = decimals; d < stepDecimals; d++) {
      scaled = Math.multiplyExact(scaled, 10L);
    }
    return scaled % step != 0;
  }

  private static int compare(PriceLevels side, int left, int right) {
    int leftDecimals = side.priceDecimals(left);
    int rightDecimals = side.priceDecimals(right);
    return leftDecimals == rightDecimals
        ? Long.compare(side.priceMantissa(left), side.priceMantissa(right))
        : price(side, left).compareTo(price(side, right));
  }

  private static Finding resync(QualityReason reason, String detail) {
    return Finding.of(Outcome.RESYNC, reason, detail);
  }

  private static BigDecimal price(PriceLevels side, int i) {
    return BigDecimal.valueOf(side.priceMantissa(i), side.priceDecimals(i));
  }

  private static BigDecimal quantity(PriceLevels side, int i) {
    return BigDecimal.valueOf(side.quantityMantissa(i), side.quantityDecimals(i));
  }

  private static int decimals(BigDecimal step) {
    return Math.max(0, step.stripTrailingZeros().scale());
  }
}
