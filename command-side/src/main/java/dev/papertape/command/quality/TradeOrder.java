package dev.papertape.command.quality;

import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.contracts.quality.QualityReason;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The ids of one trade stream, which every venue counts up by one. Remembers the newest ones with
 * what they named, so that a repeated trade is told from a second one under its id. A venue that
 * begins to count anew, or one garbled id far ahead of the others, makes true trades look late:
 * {@value #BELIEVED_AFTER} of them in a row are taken for the stream.
 */
public final class TradeOrder {
  static final String NEWEST_ID = "newestId";

  private static final int REMEMBERED = 512;

  /** Late ids in a row, each one more than the last, after which they are the venue's count. */
  static final int BELIEVED_AFTER = 20;

  private final long[] ids = new long[REMEMBERED];
  private final int[] contents = new int[REMEMBERED];
  private long newest = TradePrint.NO_ID;
  private long lastLate = TradePrint.NO_ID;
  private int lateInARow;

  public TradeOrder() {
    Arrays.fill(ids, TradePrint.NO_ID);
  }

  /** How a trade's id stands to those before it. */
  public enum Place {
    /** One more than the newest. */
    NEXT,
    /** The first, the first of a new count, or without an id: nothing to compare with. */
    UNKNOWN,
    /** Trades before it are missing. */
    AFTER_GAP,
    /** The same trade again. */
    REPEATED,
    /** Another trade under an id that was there already. */
    CONFLICTING,
    /** Older than the newest, and not seen before as far as is remembered. */
    LATE
  }

  /** Whether the trade is not the next by its id, and none that may have come before. */
  public boolean leaps(TradePrint trade) {
    long id = trade.tradeId();
    return id != TradePrint.NO_ID && (newest == TradePrint.NO_ID || id > newest + 1);
  }

  /** Takes the next trade. */
  public Place place(TradePrint trade) {
    long id = trade.tradeId();
    if (id == TradePrint.NO_ID) {
      return Place.UNKNOWN;
    }
    int slot = (int) Math.floorMod(id, (long) REMEMBERED);
    int content = content(trade);
    if (id <= newest) {
      if (ids[slot] == id) {
        return contents[slot] == content ? Place.REPEATED : Place.CONFLICTING;
      }
      if (!countsAnew(id)) {
        return Place.LATE;
      }
      Arrays.fill(ids, TradePrint.NO_ID);
      newest = TradePrint.NO_ID;
    }
    Place place =
        newest == TradePrint.NO_ID
            ? Place.UNKNOWN
            : id == newest + 1 ? Place.NEXT : Place.AFTER_GAP;
    ids[slot] = id;
    contents[slot] = content;
    newest = id;
    lateInARow = 0;
    return place;
  }

  private boolean countsAnew(long lateId) {
    lateInARow = lateInARow > 0 && lateId == lastLate + 1 ? lateInARow + 1 : 1;
    lastLate = lateId;
    return lateInARow >= BELIEVED_AFTER;
  }

  public long newest() {
    return newest;
  }

  /** What is against a trade in this place; null when nothing is. */
  public @Nullable Finding finding(Place place, TradePrint trade, long newestBefore) {
    return switch (place) {
      case NEXT, UNKNOWN, REPEATED -> null;
      case AFTER_GAP ->
          Finding.of(
              Outcome.FLAG,
              QualityReason.TRADE_ID_GAP,
              "id %d after %d".formatted(trade.tradeId(), newestBefore));
      case CONFLICTING ->
          TradeGuard.held(
              QualityReason.DUPLICATE,
              "another trade under id " + trade.tradeId(),
              Map.of(NEWEST_ID, Long.toString(newestBefore)));
      case LATE ->
          TradeGuard.held(
              QualityReason.OUT_OF_ORDER,
              "id %d after %d".formatted(trade.tradeId(), newestBefore),
              Map.of(NEWEST_ID, Long.toString(newestBefore)));
    };
  }

  private static int content(TradePrint trade) {
    return 31 * (31 * trade.price().hashCode() + trade.quantity().hashCode())
        + (trade.aggressor().sign() > 0 ? 1 : 0);
  }
}
