package dev.papertape.command.engine;

import dev.papertape.command.execution.LiveOrder;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.contracts.guards.TradingState;
import java.math.BigDecimal;
import java.util.List;

/**
 * Where an engine starts.
 *
 * @param openOrders that an earlier life left open; they expire with the first input
 * @param isNewAccount whether the log knows no account yet
 */
record Recovered(
    Portfolio portfolio,
    List<LiveOrder> openOrders,
    TradingState tradingState,
    boolean isNewAccount) {

  /** An empty log. */
  static Recovered nothing(BigDecimal initialCash) {
    return new Recovered(new Portfolio(initialCash), List.of(), TradingState.ACTIVE, true);
  }
}
