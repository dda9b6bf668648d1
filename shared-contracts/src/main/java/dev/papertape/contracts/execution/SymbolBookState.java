package dev.papertape.contracts.execution;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.report.ReturnMoments;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the engine remembers of one symbol's rebalances.
 *
 * @param rebalancedAt feed time of the newest recorded one, null before the first
 * @param spoken the newest recorded values and weights, by alpha id
 * @param capital unit notional of the newest one: what the book's returns are measured on
 * @param minute feed minute of the newest return, minutes since the epoch; 0 before
 * @param pnl of the symbol's alphas at that minute, quote units
 * @param moments of the book's minute returns
 */
public record SymbolBookState(
    Symbol symbol,
    @Nullable Instant rebalancedAt,
    List<Spoken> spoken,
    BigDecimal capital,
    long minute,
    BigDecimal pnl,
    ReturnMoments moments) {
  /** What one alpha said and weighed. */
  public record Spoken(String alphaId, double value, double weight) {}
}
