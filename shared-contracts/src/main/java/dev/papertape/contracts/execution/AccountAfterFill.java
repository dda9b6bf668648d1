package dev.papertape.contracts.execution;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The paper account right after a fill.
 *
 * @param cash quote currency
 * @param position base units, negative when short
 * @param averagePrice average entry price, null when flat
 * @param realizedPnl of this fill, before its fee
 * @param totalRealizedPnl of the account since its last reset, before fees
 * @param totalFees of the account since its last reset
 */
public record AccountAfterFill(
    BigDecimal cash,
    BigDecimal position,
    @Nullable BigDecimal averagePrice,
    BigDecimal realizedPnl,
    BigDecimal totalRealizedPnl,
    BigDecimal totalFees) {}
