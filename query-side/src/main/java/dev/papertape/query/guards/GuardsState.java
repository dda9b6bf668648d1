package dev.papertape.query.guards;

import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardName.Unit;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether trading goes on, and how every guard stands.
 *
 * @param trading the stricter of what operators said and what guards say
 * @param operator as operators left it
 * @param reason the operator's or the guard's, null before anybody said anything
 * @param guards in the order in which an order meets them; one with a scope for each that is
 *     tripped
 * @param blocked orders, newest first
 */
record GuardsState(
    TradingState trading,
    TradingState operator,
    @Nullable String reason,
    List<String> allowedActions,
    List<GuardView> guards,
    List<BlockedOrder> blocked) {

  enum GuardState {
    CLEAR,
    TRIPPED
  }

  /**
   * One guard.
   *
   * @param value newest; of one that only looks at an order, of the newest that it refused
   * @param limit in force
   * @param unit of both
   * @param since feed time of its newest change; of HALTED and REDUCING recorded time; null if it
   *     never changed
   * @param clearsWhen one sentence, null while it is clear
   * @param limitReason why an operator set the limit, null where none did
   */
  record GuardView(
      GuardName name,
      GuardState state,
      @Nullable BigDecimal value,
      @Nullable BigDecimal limit,
      Unit unit,
      String scope,
      @Nullable Instant since,
      @Nullable String clearsWhen,
      @Nullable String limitReason) {}

  /**
   * @param at feed time
   * @param detail one sentence with the value and the limit
   */
  record BlockedOrder(
      String orderId,
      long position,
      Instant at,
      Symbol symbol,
      Side side,
      BigDecimal quantity,
      String alphaId,
      String reason,
      String detail) {}
}
