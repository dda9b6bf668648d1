package dev.papertape.command.guards;

import dev.papertape.contracts.guards.TradingState;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What the guards look at besides the order.
 *
 * @param position signed base units of the order's symbol
 * @param otherExposure Σ |position| · mark of all other symbols, quote units
 * @param market what the symbol's venues show
 * @param ordersInLastSecond that passed the guards, of feed time, all sources
 */
public record GuardInputs(
    TradingState tradingState,
    BigDecimal position,
    BigDecimal otherExposure,
    MarketView market,
    int ordersInLastSecond) {

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
