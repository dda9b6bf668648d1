package dev.papertape.contracts.execution;

import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One fill as the order and the blotter show it; fields as in {@link OrderFilled}.
 *
 * @param at feed time
 * @param slippageBps side · (price − decisionMid) / decisionMid · 10⁴, positive is worse than the
 *     mid at the decision; null without that mid
 */
public record OrderFillView(
    String fillId,
    String orderId,
    String decisionId,
    String alphaId,
    int leg,
    Venue venue,
    Symbol symbol,
    Side side,
    BigDecimal quantity,
    BigDecimal price,
    BigDecimal fee,
    double feeBps,
    Liquidity liquidity,
    @Nullable BigDecimal mid,
    @Nullable BigDecimal decisionMid,
    @Nullable Double slippageBps,
    long latencyMs,
    BigDecimal realizedPnl,
    Instant at) {

  public static OrderFillView of(OrderFilled filled) {
    return new OrderFillView(
        filled.fillId(),
        filled.orderId(),
        filled.decisionId(),
        filled.alphaId(),
        filled.leg(),
        filled.venue(),
        filled.symbol(),
        filled.side(),
        filled.quantity(),
        filled.price(),
        filled.fee(),
        filled.feeBps(),
        filled.liquidity(),
        filled.mid(),
        filled.decisionMid(),
        slippageBps(filled),
        filled.latencyMs(),
        filled.account().realizedPnl(),
        filled.feedTime());
  }

  private static @Nullable Double slippageBps(OrderFilled filled) {
    BigDecimal mid = filled.decisionMid();
    if (mid == null || mid.signum() == 0) {
      return null;
    }
    double overMid = filled.price().subtract(mid).doubleValue() / mid.doubleValue();
    return filled.side().sign() * overMid * 1e4;
  }
}
