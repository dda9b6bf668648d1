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

  StreamTally tally() {
    return tally;
  }

  void relist(boolean stated) {
    gridStated = stated;
  }

  StreamState state(Instant feedTime) {
    return tally.state(feedTime, policy.tradesStaleAfter(), policy.flaggedFor());
  }

  /** A trade in a frame that came before. */
  void repeated(TradePrint trade) {
    tally.received(trade.receivedAt());
    tally.rejected(QualityReason.DUPLICATE);
  }

  /** Returns whether the trade was passed on. */
  boolean print(TradePrint trade, Listener listener) {
    tally.received(trade.receivedAt());
    if (aggregated == null) {
      aggregated = trade.aggregated();
    }
    if (aggregated != trade.aggregated()) {
      tally.rejected(QualityReason.DUPLICATE); // The same trades in another form.
      return false;
    }
    long newest = order.newest();
    TradeOrder.Place place = order.place(trade);
    return switch (place) {
      case REPEATED -> {
        tally.rejected(QualityReason.DUPLICATE);
        yield false;
      }
      case CONFLICTING, LATE -> {
        hold(trade, order.finding(place, trade, newest), listener);
        yield false;
      }
      case AFTER_GAP, NEXT, UNKNOWN -> judge(trade, place, newest, listener);
    };
  }

  private boolean judge(TradePrint trade, TradeOrder.Place place, long newest, Listener listener) {
    Finding wrong = TradeGuard.judge(trade, book.instrument().rules(), gridStated);
    PublicTrade scaled = null;
    if (wrong == null) {
      try {
        scaled = scaled(trade);
      } catch (ArithmeticException overflow) {
        wrong = TradeGuard.unfit(trade);
      }
    }
    if (scaled != null && book.state(trade.receivedAt()) == BookState.SYNCED) {
      wrong = TradeGuard.judgeDistance(scaled.price(), book.book(), policy);
    }
    if (scaled == null || wrong != null) {
      hold(trade, wrong, listener);
      return false;
    }
    tally.accepted();
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
    return true;
  }

  private void hold(TradePrint trade, @Nullable Finding finding, Listener listener) {
    if (finding == null) {
      throw new IllegalStateException("nothing is against " + trade);
    }
    Instant at = trade.receivedAt();
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
