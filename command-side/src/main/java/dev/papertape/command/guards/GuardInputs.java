package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.StreamState;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the guards look at besides the order.
 *
 * @param tradingState as operators left it
 * @param position signed base units of the order's symbol
 * @param otherExposure Σ |position| · mark of all other symbols, quote units
 * @param market what the symbol's venues show
 * @param ordersInLastSecond that passed the guards, of feed time, all sources
 * @param doubted windows of features that led to the order and whose stream may not be traded on
 * @param standing what guards with a lasting state say now
 */
public record GuardInputs(
    TradingState tradingState,
    BigDecimal position,
    BigDecimal otherExposure,
    MarketView market,
    int ordersInLastSecond,
    List<DoubtedWindow> doubted,
    Standing standing) {

  public GuardInputs {
    doubted = List.copyOf(doubted);
  }

  /**
   * A window over a stream that is neither OK nor FLAGGED.
   *
   * @param window its name, for example {@code rsi@BINANCE}
   */
  public record DoubtedWindow(String window, Channel channel, StreamState state) {}

  /**
   * What guards with a lasting state say of an order.
   *
   * @param reducedBy those that are tripped and let only orders through that reduce
   * @param venues number of venues that list the symbol
   * @param closedVenues those of them that the control plane keeps orders away from, with the gate
   */
  public record Standing(
      List<GuardSeen> reducedBy, int venues, SortedMap<Venue, String> closedVenues) {
    /** Nothing is tripped and nothing closed. */
    public static final Standing CLEAR = new Standing(List.of(), 1, new TreeMap<>());

    public Standing {
      reducedBy = List.copyOf(reducedBy);
      closedVenues = Collections.unmodifiableSortedMap(new TreeMap<>(closedVenues));
    }
  }

  /**
   * What the symbol's venues show.
   *
   * @param syncedBooks number of books in order and fresh
   * @param staleBooks number of books in order but too old
   * @param suspectBooks number of books in order that a guard doubts
   * @param refMid common mid, null without one
   * @param finestLot smallest lot of all venues that list the symbol, base units
   * @param leastMinNotional smallest minimum of all venues that list the symbol, quote units
   */
  public record MarketView(
      int syncedBooks,
      int staleBooks,
      int suspectBooks,
      @Nullable BigDecimal refMid,
      BigDecimal finestLot,
      BigDecimal leastMinNotional) {

    /**
     * The guard that stops the symbol for want of a market, null when there is one: a doubted book
     * would have given a mid, a stale one might.
     */
    @Nullable GuardName missing() {
      if (syncedBooks > 0) {
        return refMid == null ? GuardName.STALE_DATA : null;
      }
      if (suspectBooks > 0) {
        return GuardName.SUSPECT_DATA;
      }
      return staleBooks > 0 ? GuardName.STALE_DATA : GuardName.NO_SYNCED_BOOK;
    }
  }
}
