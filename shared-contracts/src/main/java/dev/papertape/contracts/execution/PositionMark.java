package dev.papertape.contracts.execution;

import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * One open position at its mark.
 *
 * @param quantity base units, negative when short
 * @param averagePrice average entry price
 * @param mark common mid; null if no venue was fresh (then valued at its average price)
 * @param unrealizedPnl quantity · (mark − averagePrice)
 */
public record PositionMark(
    Symbol symbol,
    BigDecimal quantity,
    BigDecimal averagePrice,
    @Nullable BigDecimal mark,
    BigDecimal unrealizedPnl,
    BigDecimal realizedPnl) {}
