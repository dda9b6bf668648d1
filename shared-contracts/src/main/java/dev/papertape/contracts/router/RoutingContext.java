package dev.papertape.contracts.router;

import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.regime.Regime;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every input of a routing decision. With the policy of {@code policyVersion} the decision can be
 * made again from this record alone.
 *
 * @param frame number of market frames merged before the decision
 * @param refMid the common mid: median over synced, fresh venues; null without one
 * @param position signed base units held before the order
 * @param cash quote currency held before the order
 * @param tradingState {@code ACTIVE}, {@code REDUCING} or {@code HALTED}
 * @param quotes one per venue that lists the symbol, ordered by venue name
 * @param regime that the symbol was last told to be in, null before any: part of the context,
 *     though no routing rule looks at it
 */
public record RoutingContext(
    OrderIntent intent,
    long frame,
    @Nullable BigDecimal refMid,
    BigDecimal position,
    BigDecimal cash,
    String tradingState,
    String release,
    String policyVersion,
    List<VenueQuote> quotes,
    @Nullable Regime regime) {}
