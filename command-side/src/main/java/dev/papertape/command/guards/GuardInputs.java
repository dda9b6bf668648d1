package dev.papertape.command.guards;

import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.StreamState;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the guards look at besides the order.
 *
 * @param position signed base units of the order's symbol
 * @param otherExposure Σ |position| · mark of all other symbols, quote units
 * @param market what the symbol's venues show
 * @param ordersInLastSecond that passed the guards, of feed time, all sources
 * @param doubted windows of features that led to the order and whose stream may not be traded on
 */
public record GuardInputs(
    TradingState tradingState,
    BigDecimal position,
    BigDecimal otherExposure,
    MarketView market,
    int ordersInLastSecond,
    List<DoubtedWindow> doubted) {

  public GuardInputs {
    doubted = List.copyOf(doubted);
  }

  /** No window is doubted. */
  public GuardInputs(
      TradingState tradingState,
      BigDecimal position,
      BigDecimal otherExposure,
      MarketView market,
      int ordersInLastSecond) {
    this(tradingState, position, otherExposure, market, ordersInLastSecond, List.of());
  }

  /**
   * A window over a stream that is neither OK nor FLAGGED.
   *
   * @param window its name, for example {@code rsi@BINANCE}
   */
  public record DoubtedWindow(String window, Channel channel, StreamState state) {}

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
      BigDecimal leastMinNotional) {}
}
