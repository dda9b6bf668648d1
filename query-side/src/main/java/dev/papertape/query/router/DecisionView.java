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
 * @param regretBps null: it is known only once later prices are compared
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

  static DecisionView of(RouterEvent event, long position) {
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
        null);
  }
}
