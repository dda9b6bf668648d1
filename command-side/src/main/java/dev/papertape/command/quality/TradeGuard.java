package dev.papertape.command.quality;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.quality.QualityReason;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a single trade must be: its price and quantity, and its distance from the book. Pure. */
public final class TradeGuard {
  static final String TICK_SIZE = "tickSize";
  static final String LOT_SIZE = "lotSize";
  static final String MID = "mid";

  private static final long BPS = 10_000;

  private TradeGuard() {}

  /**
   * What is wrong with the trade itself, the gravest first; null when nothing is.
   *
   * @param grid whether the rules' steps are the venue's own statement
   */
  public static @Nullable Finding judge(TradePrint trade, InstrumentRules rules, boolean grid) {
    if (trade.price().mantissa() <= 0) {
      return held(QualityReason.NON_POSITIVE_PRICE, "a price of " + trade.price(), Map.of());
    }
    if (trade.quantity().mantissa() <= 0) {
      return held(QualityReason.NEGATIVE_QUANTITY, "a quantity of " + trade.quantity(), Map.of());
    }
    if (!grid) {
      return null;
    }
    Finding off = offGrid(QualityReason.OFF_TICK, TICK_SIZE, trade.price(), rules.tickSize());
    return off == null
        ? offGrid(QualityReason.OFF_LOT, LOT_SIZE, trade.quantity(), rules.lotSize())
        : off;
  }

  /**
   * Whether the trade is too far from the middle of its venue's own book.
   *
   * @param price scaled as the book is
   */
  public static @Nullable Finding judgeDistance(long price, OrderBook book, QualityPolicy policy) {
    if (book.levels(BookSide.BID) == 0 || book.levels(BookSide.ASK) == 0) {
      return null;
    }
    long doubledMid = book.price(BookSide.BID, 0) + book.price(BookSide.ASK, 0);
    return Math.abs(2.0 * price - doubledMid) * BPS <= (double) policy.farFromBookBps() * doubledMid
        ? null
        : far(
            book.scale().price(price),
            "the book's mid",
            book.scale().price(doubledMid).divide(BigDecimal.valueOf(2)));
  }

  /** The same rule on a recorded trade. */
  static @Nullable Finding judgeDistance(BigDecimal price, BigDecimal mid, QualityPolicy policy) {
    return judgeDistance(price, "the book's mid", mid, policy);
  }

  /** The same rule while the book is not to be relied on: against the last trade that passed. */
  public static @Nullable Finding judgeDistance(
      TradePrint trade, TradePrint last, QualityPolicy policy) {
    return judgeDistance(
        trade.price().toBigDecimal(), "the last trade's", last.price().toBigDecimal(), policy);
  }

  private static @Nullable Finding judgeDistance(
      BigDecimal price, String of, BigDecimal middle, QualityPolicy policy) {
    BigDecimal distance = price.subtract(middle).abs().multiply(BigDecimal.valueOf(BPS));
    return distance.compareTo(middle.multiply(BigDecimal.valueOf(policy.farFromBookBps()))) <= 0
        ? null
        : far(price, of, middle);
  }

  private static Finding far(BigDecimal price, String of, BigDecimal middle) {
    double bps = Math.abs(price.doubleValue() / middle.doubleValue() - 1) * BPS;
    return held(
        QualityReason.TRADE_FAR_FROM_BOOK,
        "%s is %d bps from %s %s"
            .formatted(price.toPlainString(), Math.round(bps), of, middle.toPlainString()),
        Map.of(MID, middle.toPlainString()));
  }

  static @Nullable Finding offGrid(
      QualityReason reason, String step, WireDecimal value, BigDecimal size) {
    boolean off = value.toBigDecimal().remainder(size).signum() != 0;
    return off
        ? held(
            reason,
            value + " is no multiple of " + size.toPlainString(),
            Map.of(step, size.toPlainString()))
        : null;
  }

  /** A price or quantity that no book of the symbol could be kept in. */
  public static Finding unfit(TradePrint trade) {
    return held(
        QualityReason.SCHEMA,
        trade.quantity() + " at " + trade.price() + " has more digits than can be kept",
        Map.of());
  }

  static Finding held(QualityReason reason, String detail, Map<String, String> evidence) {
    return new Finding(Outcome.QUARANTINE, reason, detail, evidence);
  }
}
