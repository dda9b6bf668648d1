package dev.papertape.command.router;

import dev.papertape.command.market.Scale;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import dev.papertape.contracts.router.RoutingDecision.Candidate;
import dev.papertape.contracts.router.RoutingDecision.Leg;
import dev.papertape.contracts.router.VenueQuote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides where an order goes: gates, cost per venue, split. One pure function of the recorded
 * context and the policy, so that the audit makes a decision again by calling it again; the engine
 * builds the context from live books with {@link RoutingContexts}.
 */
public final class Router {
  /** The order's reason when its venues are shut by different gates. */
  static final String NO_ELIGIBLE_VENUE = "NO_ELIGIBLE_VENUE";

  /** The order's reason when no venue lists the symbol. */
  static final String NOT_LISTED = "NOT_LISTED";

  private Router() {}

  /**
   * Decides. The decision's {@code reason} is null exactly when it has legs.
   *
   * @throws IllegalArgumentException if the policy is not the context's
   */
  public static RoutingDecision decide(RoutingContext context, RouterPolicy policy) {
    if (!policy.version().equals(context.policyVersion())) {
      throw new IllegalArgumentException(
          "context names policy " + context.policyVersion() + ", got " + policy.version());
    }
    OrderIntent intent = context.intent();
    Scale scale = Ladder.scaleOf(intent, context.quotes());
    long wanted = scale.quantity(intent.quantity());
    List<Candidate> candidates = new ArrayList<>(context.quotes().size());
    List<Ladder> ladders = new ArrayList<>(context.quotes().size());
    BigDecimal refMid = context.refMid();
    for (VenueQuote quote : context.quotes()) {
      Gate gate = Gate.shut(context, quote, policy);
      if (gate != null || refMid == null) {
        candidates.add(VenueCost.gated(quote, gate == null ? Gate.NO_REFERENCE_MID : gate));
      } else {
        Ladder ladder = Ladder.of(quote, intent, scale, policy);
        candidates.add(VenueCost.eligible(ladder, wanted, intent.side(), scale, refMid, policy));
        ladders.add(ladder);
      }
    }
    List<Leg> legs = Split.legs(intent, scale, ladders);
    return new RoutingDecision(
        List.copyOf(candidates),
        legs,
        unrouted(intent, legs),
        legs.isEmpty() ? reason(candidates, ladders) : null);
  }

  private static BigDecimal unrouted(OrderIntent intent, List<Leg> legs) {
    BigDecimal unrouted = intent.quantity();
    for (Leg leg : legs) {
      unrouted = unrouted.subtract(leg.quantity());
    }
    return Decimals.tidy(unrouted);
  }

  /** The gate that all venues share, else that they differ; eligible ones found no share. */
  private static @Nullable String reason(List<Candidate> candidates, List<Ladder> ladders) {
    if (candidates.isEmpty()) {
      return NOT_LISTED;
    }
    if (!ladders.isEmpty()) {
      return ladders.stream().anyMatch(ladder -> ladder.levels > 0)
          ? Gate.BELOW_MIN_NOTIONAL.name()
          : Gate.NO_LIQUIDITY.name();
    }
    List<@Nullable String> gates =
        candidates.stream().<@Nullable String>map(Candidate::gate).distinct().toList();
    return gates.size() == 1 ? gates.getFirst() : NO_ELIGIBLE_VENUE;
  }
}
