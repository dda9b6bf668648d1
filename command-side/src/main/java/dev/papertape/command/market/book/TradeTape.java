package dev.papertape.command.market.book;

import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.Scale;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.command.quality.ClockGuard;
import dev.papertape.command.quality.Finding;
import dev.papertape.command.quality.HeldRecord;
import dev.papertape.command.quality.QualityNote;
import dev.papertape.command.quality.QualityPolicy;
import dev.papertape.command.quality.RecordTexts;
import dev.papertape.command.quality.StreamTally;
import dev.papertape.command.quality.TradeGuard;
import dev.papertape.command.quality.TradeOrder;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.contracts.quality.StreamState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One venue's trades of one symbol, each passed on once: where both single and aggregated trades
 * come, the kind that came first is kept, and an id seen before is dropped. What the guards put
 * aside is not passed on.
 */
final class TradeTape {
  private final BookFace book;
  private final SymbolScale scale;
  private final QualityPolicy policy;
  private final StreamTally tally;
  private final TradeOrder order = new TradeOrder();
  private final ClockGuard clocks;
  private @Nullable Boolean aggregated;
  private boolean gridStated;
  private boolean cutOff;
  private int passesToTrust;

  /** The last trade that passed, since the book was in order; null when there is none of late. */
  private @Nullable TradePrint passed;

  /**
   * @param book of the same symbol at the same venue: what its prices are held against
   */
  TradeTape(BookFace book, SymbolScale scale, boolean gridStated, QualityPolicy policy) {
    this.book = book;
    this.scale = scale;
    this.gridStated = gridStated;
    this.policy = policy;
    this.tally = new StreamTally(book.instrument().symbol(), Channel.TRADES);
    this.clocks = new ClockGuard(policy);
  }

  /** What became of a trade. */
  enum Printed {
    PASSED_ON,
    /** Passed on; trades before it are missing. */
    PASSED_ON_AFTER_GAP,
    SEEN_BEFORE,
    PUT_ASIDE
  }

  StreamTally tally() {
    return tally;
  }

  void relist(boolean stated) {
    gridStated = stated;
  }

  /** Cut off is silent; doubted from a trade far from the book on, until enough others pass. */
  StreamState state(Instant feedTime) {
    StreamState state = tally.state(feedTime, policy.tradesStaleAfter(), policy.flaggedFor());
    if (!state.mayTrade()) {
      return state;
    }
    if (cutOff) {
      return StreamState.STALE;
    }
    return passesToTrust > 0 ? StreamState.SUSPECT : state;
  }

  /** Its venue's connection is gone, until the next trade comes. */
  void disconnected() {
    cutOff = true;
  }

  /** A trade in a frame that came before. */
  void repeated(TradePrint trade) {
    tally.received(trade.receivedAt());
    tally.rejected(QualityReason.DUPLICATE);
  }

  Printed print(TradePrint trade, Listener listener) {
    cutOff = false;
    tally.received(trade.receivedAt());
    if (aggregated == null) {
      aggregated = trade.aggregated();
    }
    if (aggregated != trade.aggregated()) {
      tally.rejected(QualityReason.DUPLICATE); // The same trades in another form.
      return Printed.SEEN_BEFORE;
    }
    Finding wrong = TradeGuard.judge(trade, book.instrument().rules(), gridStated);
    if (wrong != null && order.leaps(trade)) {
      hold(trade, wrong, listener); // Its id is no more to be trusted than the rest of it.
      return Printed.PUT_ASIDE;
    }
    long newest = order.newest();
    TradeOrder.Place place = order.place(trade);
    return switch (place) {
      case REPEATED -> {
        tally.rejected(QualityReason.DUPLICATE);
        yield Printed.SEEN_BEFORE;
      }
      case CONFLICTING, LATE -> {
        hold(trade, order.finding(place, trade, newest), listener);
        yield Printed.PUT_ASIDE;
      }
      case AFTER_GAP, NEXT, UNKNOWN -> judge(trade, wrong, place, newest, listener);
    };
  }

  private Printed judge(
      TradePrint trade,
      @Nullable Finding ofItself,
      TradeOrder.Place place,
      long newest,
      Listener listener) {
    Finding wrong = ofItself;
    PublicTrade scaled = null;
    if (wrong == null) {
      try {
        scaled = scaled(trade);
      } catch (ArithmeticException overflow) {
        wrong = TradeGuard.unfit(trade);
      }
    }
    boolean inOrder = book.state(trade.receivedAt()) == BookState.SYNCED;
    if (scaled != null) {
      wrong =
          inOrder
              ? TradeGuard.judgeDistance(scaled.price(), book.book(), policy)
              : besideLast(trade);
    }
    if (scaled == null || wrong != null) {
      hold(trade, wrong, listener);
      return Printed.PUT_ASIDE;
    }
    tally.accepted();
    passesToTrust = Math.max(0, passesToTrust - 1);
    if (inOrder || passed != null) {
      passed = trade;
    }
    if (place == TradeOrder.Place.NEXT) {
      tally.verified();
    }
    Finding odd = order.finding(place, trade, newest);
    if (odd != null) {
      tally.gap();
    }
    Finding skew = clocks.judge(trade.exchangeTime(), trade.receivedAt());
    odd = odd == null ? skew : odd;
    if (odd != null) {
      tally.flagged(odd.reason(), trade.receivedAt());
    }
    listener.traded(scaled);
    return place == TradeOrder.Place.AFTER_GAP ? Printed.PASSED_ON_AFTER_GAP : Printed.PASSED_ON;
  }

  /** Without a book to rely on: never a lock-out, since a trade of long ago says nothing. */
  private @Nullable Finding besideLast(TradePrint trade) {
    TradePrint last = passed;
    if (last == null) {
      return null;
    }
    if (last.receivedAt().plus(policy.tradesStaleAfter()).isBefore(trade.receivedAt())) {
      passed = null;
      return null;
    }
    return TradeGuard.judgeDistance(trade, last, policy);
  }

  private void hold(TradePrint trade, @Nullable Finding finding, Listener listener) {
    if (finding == null) {
      throw new IllegalStateException("nothing is against " + trade);
    }
    Instant at = trade.receivedAt();
    if (finding.reason() == QualityReason.TRADE_FAR_FROM_BOOK) {
      passesToTrust = policy.passesToTrust();
    }
    tally.quarantined(finding.reason(), at);
    listener.noted(
        new QualityNote.Held(
            new HeldRecord(
                trade.venue(),
                trade.symbol(),
                Channel.TRADES,
                finding.reason(),
                finding.detail(),
                finding.evidence(),
                RawEncoding.DECODED,
                RecordTexts.of(trade),
                at,
                () -> tally.counts(state(at)),
                null)));
  }

  private PublicTrade scaled(TradePrint trade) {
    WireDecimal price = trade.price();
    WireDecimal quantity = trade.quantity();
    scale.admit(price.decimals(), quantity.decimals());
    Scale at = scale.scale();
    return new PublicTrade(
        trade.venue(),
        trade.symbol(),
        PowersOfTen.scaleUp(price.mantissa(), at.priceDecimals() - price.decimals()),
        PowersOfTen.scaleUp(quantity.mantissa(), at.quantityDecimals() - quantity.decimals()),
        trade.aggressor(),
        trade.exchangeTime());
  }
}
