package dev.papertape.contracts.execution;

import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants traded on paper.
 *
 * @param quantity base units, &gt; 0
 * @param limitPrice worst acceptable price in quote units, null for a market order
 * @param alphaId who wants it; {@code _manual} for people and programs
 * @param clientOrderId the caller's own name for it, at most 64 characters
 */
public record OrderIntent(
    Symbol symbol,
    Side side,
    BigDecimal quantity,
    @Nullable BigDecimal limitPrice,
    TimeInForce timeInForce,
    String alphaId,
    @Nullable String clientOrderId) {
  /** The alpha id of orders that people and programs send. */
  public static final String MANUAL = "_manual";
}
