package dev.papertape.command.engine;

import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.deploy.Releases;
import dev.papertape.command.deploy.Releases.Assignment;
import dev.papertape.command.engine.DeterministicIds.Kind;
import dev.papertape.command.engine.OrderEvaluation.Moment;
import dev.papertape.command.engine.OrderEvaluation.Outcome;
import dev.papertape.command.execution.ExecutionDesk;
import dev.papertape.command.guards.GuardVerdict;
import dev.papertape.command.guards.GuardWatch;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.execution.Allocation;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * An order's first moment: accepted, then blocked by a guard, or routed, or found unroutable. Owned
 * by the engine's thread; the rules stand in their contexts.
 *
 * <p>Every order is decided under one release as a whole, the one that its assignment gives, and
 * keeps it for life.
 */
final class OrderEntry {
  private final OrderEvaluation evaluation;
  private final ExecutionDesk desk;
  private final ProvenanceHashes provenance;
  private final DeterministicIds ids;
  private final FactBatch facts;
  private final RolloutSamples samples;
  private final GuardWatch guards;
  private Releases releases;
  private long orders;

  OrderEntry(
      OrderEvaluation evaluation,
      ExecutionDesk desk,
      ProvenanceHashes provenance,
      DeterministicIds ids,
      FactBatch facts,
      RolloutSamples samples,
      Releases releases,
      GuardWatch guards) {
    this.evaluation = evaluation;
    this.desk = desk;
    this.provenance = provenance;
    this.ids = ids;
    this.facts = facts;
    this.samples = samples;
    this.releases = releases;
    this.guards = guards;
  }

  /** Whether any order may pass the trading state. */
  boolean isTrading() {
    return guards.tradingState() == TradingState.ACTIVE;
  }

  /** What the next order is decided under. */
  void use(Releases next) {
    releases = next;
  }

  /** The id of the next order that is placed. */
  String nextOrderId() {
    return ids.text(Kind.ORDER, orders);
  }

  /** The id of the next order's decision. */
  String nextDecisionId() {
    return ids.text(Kind.DECISION, orders);
  }

  /** The release and arm of the next order. */
  Assignment nextAssignment() {
    return releases.assign(nextOrderId());
  }

  /** The next order's id is used up by an intent that is not traded. */
  void skip() {
    orders++;
  }

  /**
   * Decides one order.
   *
   * @param source {@code mailbox}, {@code alpha:<id>} or {@code demo:<rolloutId>}
   * @param allocations whose it is; they add up to its quantity
   * @return its id
   */
  String place(
      OrderIntent intent,
      String source,
      List<Allocation> allocations,
      List<FeatureWindow> windows,
      Map<String, String> origin,
      long frame,
      Instant feedTime) {
    String orderId = nextOrderId();
    Assignment assignment = releases.assign(orderId);
    String decisionId = ids.text(Kind.DECISION, orders);
    orders++;
    Moment now =
        new Moment(frame, feedTime, evaluation.doubted(intent.symbol(), windows, feedTime));
    ArmOutcomes arms = ArmOutcomes.of(assignment, policy -> evaluation.under(policy, intent, now));
    Outcome outcome = arms.executed();
    ReleasePolicy policy = outcome.policy();
    facts.remember(orderId, origin, policy.release(), assignment.arm());
    OrderAccepted accepted =
        new OrderAccepted(orderId, intent, source, frame, windows, allocations, feedTime);
    facts.add(accepted);
    desk.accepted(accepted, policy.router());
    samples.decided(orderId, arms, feedTime);
    switch (outcome.verdict()) {
      case GuardVerdict.Blocked blocked ->
          block(orderId, decisionId, windows, outcome.context(), blocked, feedTime);
      case GuardVerdict.Passed _ -> {
        guards.passed(feedTime);
        route(orderId, decisionId, windows, outcome, feedTime);
      }
    }
    return orderId;
  }

  private void block(
      String orderId,
      String decisionId,
      List<FeatureWindow> windows,
      RoutingContext context,
      GuardVerdict.Blocked blocked,
      Instant feedTime) {
    OrderBlocked event =
        new OrderBlocked(
            orderId,
            context.intent(),
            blocked.reason().name(),
            blocked.detail(),
            blocked.inputs(),
            provenance.of(
                windows,
                decisionId,
                blocked.inputs(),
                Map.of("detail", blocked.detail(), "reason", blocked.reason().name())),
            feedTime);
    facts.add(event);
    desk.blocked(event);
    facts.forget(orderId);
  }

  private void route(
      String orderId,
      String decisionId,
      List<FeatureWindow> windows,
      Outcome outcome,
      Instant feedTime) {
    RoutingContext context = outcome.context();
    RoutingDecision decision = outcome.decided();
    var hashes = provenance.of(windows, decisionId, context, decision);
    RouterEvent event =
        decision.legs().isEmpty()
            ? new RouterEvent.OrderUnroutable(
                orderId, decisionId, context, decision, hashes, feedTime)
            : new RouterEvent.OrderRouted(orderId, decisionId, context, decision, hashes, feedTime);
    facts.add(event);
    desk.routed(event);
    if (decision.legs().isEmpty()) {
      facts.forget(orderId);
    }
  }
}
