package dev.papertape.command.execution;

import dev.papertape.command.router.Decimals;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderReviewed;
import dev.papertape.contracts.execution.LegReview;
import dev.papertape.contracts.execution.LegReview.Alternative;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import dev.papertape.contracts.router.RoutingDecision.Candidate;
import dev.papertape.contracts.router.RoutingDecision.Leg;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One routed order while it is watched: its legs' fills and what its alternatives offered. */
final class OrderReview {
  private final OrderRouted routed;
  private final RouterPolicy policy;
  private final List<LegSoFar> legs;
  private final Map<Venue, Offer> offers = new HashMap<>();
  private int awaited;
  private boolean over;
  private @Nullable BigDecimal arrivalMid;
  private @Nullable BigDecimal terminalMid;

  /** One leg's fills. */
  private static final class LegSoFar {
    private final Leg leg;
    private BigDecimal quantity = BigDecimal.ZERO;
    private BigDecimal notional = BigDecimal.ZERO;
    private BigDecimal fees = BigDecimal.ZERO;
    private @Nullable Instant lastFill;

    private LegSoFar(Leg leg) {
      this.leg = leg;
    }

    private Offer.Priced priced() {
      return new Offer.Priced(quantity, notional, fees);
    }
  }

  OrderReview(OrderRouted routed, RouterPolicy policy) {
    this.routed = routed;
    this.policy = policy;
    this.legs = routed.decision().legs().stream().map(LegSoFar::new).toList();
  }

  String orderId() {
    return routed.orderId();
  }

  Symbol symbol() {
    return routed.context().intent().symbol();
  }

  Side side() {
    return routed.context().intent().side();
  }

  @Nullable BigDecimal limit() {
    return routed.context().intent().limitPrice();
  }

  RouterPolicy policy() {
    return policy;
  }

  List<Venue> legVenues() {
    return legs.stream().map(leg -> leg.leg.venue()).toList();
  }

  /** Eligible venues that at least one leg could have gone to instead, by name. */
  List<Venue> alternatives() {
    return routed.decision().candidates().stream()
        .filter(Candidate::eligible)
        .map(Candidate::venue)
        .filter(venue -> mostSentElsewhere(venue).signum() > 0)
        .toList();
  }

  /** The largest leg that went to another venue; 0 without one. */
  BigDecimal mostSentElsewhere(Venue venue) {
    return legs.stream()
        .filter(leg -> !leg.leg.venue().equals(venue))
        .map(leg -> leg.leg.quantity())
        .reduce(BigDecimal.ZERO, BigDecimal::max);
  }

  /** One more look has to come. */
  void awaits() {
    awaited++;
  }

  void arrived(@Nullable BigDecimal mid) {
    arrivalMid = mid;
    awaited--;
  }

  void looked(Venue venue, Offer offer) {
    offers.put(venue, offer);
    awaited--;
  }

  void filled(OrderFilled fill) {
    LegSoFar leg = legs.get(fill.leg());
    leg.quantity = leg.quantity.add(fill.quantity());
    leg.notional = leg.notional.add(Notional.of(fill.levels()));
    leg.fees = leg.fees.add(fill.fee());
    leg.lastFill = fill.feedTime();
  }

  void over(@Nullable BigDecimal mid) {
    over = true;
    terminalMid = mid;
  }

  /** Over, and every alternative has been looked at. */
  boolean isDone() {
    return over && awaited == 0;
  }

  OrderReviewed result(Instant feedTime) {
    BigDecimal mid = routed.context().refMid();
    BigDecimal filled = BigDecimal.ZERO;
    BigDecimal notional = BigDecimal.ZERO;
    BigDecimal fees = BigDecimal.ZERO;
    List<LegReview> reviews = new ArrayList<>();
    for (int index = 0; index < legs.size(); index++) {
      LegSoFar leg = legs.get(index);
      filled = filled.add(leg.quantity);
      notional = notional.add(leg.notional);
      fees = fees.add(leg.fees);
      reviews.add(review(index, leg, mid));
    }
    return new OrderReviewed(
        orderId(),
        routed.decisionId(),
        routed.context().intent().alphaId(),
        symbol(),
        side(),
        routed.context().intent().quantity(),
        Decimals.tidy(filled),
        filled.signum() == 0 ? null : Decimals.divide(notional, filled),
        Decimals.tidy(fees),
        mid,
        arrivalMid,
        terminalMid,
        List.copyOf(reviews),
        Regret.of(reviews),
        feedTime);
  }

  private LegReview review(int index, LegSoFar leg, @Nullable BigDecimal mid) {
    boolean priced = leg.quantity.signum() > 0 && mid != null && mid.signum() > 0;
    Double own = priced && mid != null ? (Double) leg.priced().allInBps(side().sign(), mid) : null;
    List<Alternative> alternatives = new ArrayList<>();
    for (Venue venue : alternatives()) {
      if (!venue.equals(leg.leg.venue())) {
        alternatives.add(new Alternative(venue, own == null ? null : priced(venue, leg, mid)));
      }
    }
    Double best = Regret.best(alternatives);
    Instant lastFill = leg.lastFill;
    return new LegReview(
        index,
        leg.leg.venue(),
        leg.leg.quantity(),
        Decimals.tidy(leg.quantity),
        own,
        List.copyOf(alternatives),
        own == null || best == null ? null : (Boolean) (own <= best),
        lastFill == null ? null : (Long) Duration.between(routed.feedTime(), lastFill).toMillis());
  }

  private @Nullable Double priced(Venue venue, LegSoFar leg, @Nullable BigDecimal mid) {
    Offer offer = offers.get(venue);
    Offer.Priced priced = offer == null ? null : offer.price(leg.quantity);
    return priced == null || mid == null ? null : (Double) priced.allInBps(side().sign(), mid);
  }
}
