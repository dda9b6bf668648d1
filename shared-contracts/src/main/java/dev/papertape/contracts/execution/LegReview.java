package dev.papertape.contracts.execution;

import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one leg fared beside the venues that it could have gone to.
 *
 * @param quantity base units filled by the leg; 0 when it never filled
 * @param allInBps side · (VWAP − mid at decision) / mid at decision · 10⁴ plus the fee; null
 *     without a fill
 * @param alternatives every other venue eligible at the decision, its book taken after its own
 *     latency, for the same quantity
 * @param won whether it was at or better than the best alternative; null without one or without a
 *     fill
 * @param timeToFillMs feed time from decision to its last fill, null without one
 */
public record LegReview(
    int leg,
    Venue venue,
    BigDecimal sent,
    BigDecimal quantity,
    @Nullable Double allInBps,
    List<Alternative> alternatives,
    @Nullable Boolean won,
    @Nullable Long timeToFillMs) {
  /**
   * @param allInBps null where that venue's book could not have filled the quantity
   */
  public record Alternative(Venue venue, @Nullable Double allInBps) {}
}
