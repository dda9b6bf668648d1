package dev.papertape.query.router;

import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.contracts.router.RoutingDecision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One decision as the snapshot shows it.
 *
 * @param at feed time
 * @param outcome {@code ROUTED} or {@code UNROUTABLE}
 * @param regretBps what it cost beyond the best that its legs could have had elsewhere, &ge; 0;
 *     null before the order was reviewed and where nothing could be compared
 */
record DecisionView(
    String decisionId,
    String orderId,
    long position,
    Instant at,
    Symbol symbol,
    Side side,
    BigDecimal quantity,
    String outcome,
    @Nullable BigDecimal refMid,
    String policyVersion,
    List<RoutingDecision.Candidate> candidates,
    List<RoutingDecision.Leg> legs,
    BigDecimal unroutedQuantity,
    @Nullable String reason,
    @Nullable Double regretBps) {

  static DecisionView of(RouterEvent event, long position, @Nullable Double regretBps) {
    var intent = event.context().intent();
    var decision = event.decision();
    return new DecisionView(
        event.decisionId(),
        event.orderId(),
        position,
        event.feedTime(),
        intent.symbol(),
        intent.side(),
        intent.quantity(),
        switch (event) {
          case RouterEvent.OrderRouted _ -> "ROUTED";
          case RouterEvent.OrderUnroutable _ -> "UNROUTABLE";
        },
        event.context().refMid(),
        event.context().policyVersion(),
        decision.candidates(),
        decision.legs(),
        decision.unroutedQuantity(),
        decision.reason(),
        regretBps);
  }
}
