package dev.papertape.contracts.population;

import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;

/**
 * What a member's book holds of a symbol.
 *
 * @param quantity signed, base units
 * @param mid that it was last marked at
 * @param signal the member's last, in [−1, 1]
 */
public record MemberPosition(Symbol symbol, BigDecimal quantity, BigDecimal mid, double signal) {}
