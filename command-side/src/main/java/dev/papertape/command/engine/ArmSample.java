package dev.papertape.command.engine;

import dev.papertape.command.deploy.Releases.Trial;
import dev.papertape.command.engine.OrderEvaluation.Outcome;
import dev.papertape.command.guards.GuardVerdict;
import dev.papertape.command.router.RoutedCost;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloRule;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.router.RoutingDecision;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What one intent says of its arm's release, by what both releases make of it on the same inputs.
 * Pure.
 *
 * <ul>
 *   <li>An error: the release threw, found no venue, made a decision that breaks its contract, or
 *       its guards found no market where the other's found one. No sample where both releases'
 *       guards block, or where a limit of its own does: a limit is a choice.
 *   <li>Worse: its choice costs more, all in, than the other's by more than the threshold, both
 *       measured by the active release's rule; or leaves more of the order unrouted. No sample
 *       where neither routes anything or a limit blocks, nor of an order that may rest.
 * </ul>
 *
 * @param error null for no sample
 * @param worse null for no sample
 * @param isTimed whether the release's own decision is done at once, so that its latency tells
 */
record ArmSample(@Nullable Boolean error, @Nullable Boolean worse, boolean isTimed) {

  static ArmSample of(ArmOutcomes arms, Trial trial) {
    boolean ofCandidate = arms.assignment().arm() == Arm.CANDIDATE;
    Outcome own = ofCandidate ? arms.candidate() : arms.baseline();
    Outcome other = ofCandidate ? arms.baseline() : arms.candidate();
    if (own == null) {
      return new ArmSample(true, arms.executed().decision() == null ? null : true, false);
    }
    boolean isImmediate = own.context().intent().timeInForce() == TimeInForce.IOC;
    return new ArmSample(
        error(own, other),
        isImmediate ? worse(arms, own, other, trial) : null,
        isImmediate && routes(own) && arms.executed() == own);
  }

  static @Nullable Double threshold(Trial trial, Slo slo) {
    return trial.policy().slos().stream()
        .filter(rule -> rule.slo() == slo)
        .findFirst()
        .map(SloRule::threshold)
        .orElse(null);
  }

  private static @Nullable Boolean error(Outcome own, @Nullable Outcome other) {
    RoutingDecision decision = own.decision();
    if (decision != null) {
      return decision.legs().isEmpty() || breaksContract(own, decision);
    }
    boolean otherPassed = other != null && other.decision() != null;
    return otherPassed && sawNoMarket(own) ? true : null;
  }

  /** Legs come to no more than the order, and what is missing is said to be unrouted. */
  private static boolean breaksContract(Outcome own, RoutingDecision decision) {
    BigDecimal routed = decision.unroutedQuantity();
    for (RoutingDecision.Leg leg : decision.legs()) {
      if (leg.quantity().signum() <= 0) {
        return true;
      }
      routed = routed.add(leg.quantity());
    }
    return decision.unroutedQuantity().signum() < 0
        || routed.compareTo(own.context().intent().quantity()) != 0;
  }

  private static boolean sawNoMarket(Outcome own) {
    return own.verdict() instanceof GuardVerdict.Blocked blocked
        && switch (blocked.reason()) {
          case NO_SYNCED_BOOK, STALE_DATA, SUSPECT_DATA -> true;
          case HALTED,
              REDUCING,
              MAX_DRAWDOWN,
              LOSS_STREAK,
              CLOCK_SKEW,
              BUDGET_EXHAUSTED,
              MIN_QUANTITY,
              LOT_STEP,
              MIN_NOTIONAL,
              MAX_NOTIONAL,
              MAX_EXPOSURE,
              ORDER_RATE ->
              false;
        };
  }

  private static @Nullable Boolean worse(
      ArmOutcomes arms, Outcome own, @Nullable Outcome other, Trial trial) {
    Double threshold = threshold(trial, Slo.ROUTER_QOS);
    if (threshold == null || isLimited(own) || (other != null && isLimited(other))) {
      return null;
    }
    if (other == null || !routes(other)) {
      return routes(own) ? false : null;
    }
    if (!routes(own)) {
      return true;
    }
    if (own.decided().unroutedQuantity().compareTo(other.decided().unroutedQuantity()) > 0) {
      return true;
    }
    RouterPolicy yardstick = arms.assignment().baseline().router();
    var quotes = arms.baseline().context();
    Double ownBps = RoutedCost.bps(quotes, own.decided().legs(), yardstick);
    Double otherBps = RoutedCost.bps(quotes, other.decided().legs(), yardstick);
    return ownBps == null || otherBps == null ? null : (Boolean) (ownBps - otherBps > threshold);
  }

  /** A limit of its own blocked it: a choice, which says nothing of its routing. */
  private static boolean isLimited(Outcome outcome) {
    return outcome.decision() == null && !sawNoMarket(outcome);
  }

  private static boolean routes(Outcome outcome) {
    RoutingDecision decision = outcome.decision();
    return decision != null && !decision.legs().isEmpty();
  }
}
