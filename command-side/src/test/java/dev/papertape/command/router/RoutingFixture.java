package dev.papertape.command.router;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import dev.papertape.contracts.router.VenueQuote;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decisions over test venues with as little said as a test needs. */
final class RoutingFixture {
  private static final VenueConditions FAULTLESS = new VenueConditions(0, 1, 0, 1, null);

  RouterPolicy policy = RouterPolicy.DEFAULT;
  TradingState tradingState = TradingState.ACTIVE;
  double volatility1sBps;
  final Map<Venue, VenueConditions> conditions = new HashMap<>();

  RoutingContext context(OrderIntent intent, TestVenue... venues) {
    return new RoutingContexts(
            policy,
            "release-1",
            venue -> conditions.getOrDefault(venue, FAULTLESS),
            view -> TopLevelsHash.of(view.book()))
        .of(
            intent,
            List.of(venues),
            new RoutingContexts.Moment(
                1,
                TestVenue.NOON,
                BigDecimal.ZERO,
                BigDecimal.TEN,
                tradingState,
                volatility1sBps,
                null));
  }

  RoutingDecision decide(OrderIntent intent, TestVenue... venues) {
    return Router.decide(context(intent, venues), policy);
  }

  /** The same context with another part recorded of one quote. */
  static RoutingContext withQuotes(RoutingContext context, List<VenueQuote> quotes) {
    return new RoutingContext(
        context.intent(),
        context.frame(),
        context.refMid(),
        context.position(),
        context.cash(),
        context.tradingState(),
        context.release(),
        context.policyVersion(),
        quotes,
        context.regime());
  }

  static OrderIntent market(Side side, String quantity) {
    return intent(side, quantity, null, TimeInForce.IOC);
  }

  static OrderIntent limit(Side side, String quantity, String limit) {
    return intent(side, quantity, limit, TimeInForce.IOC);
  }

  static OrderIntent resting(Side side, String quantity, String limit) {
    return intent(side, quantity, limit, TimeInForce.GTC);
  }

  private static OrderIntent intent(
      Side side, String quantity, @Nullable String limit, TimeInForce timeInForce) {
    return new OrderIntent(
        TestVenue.BTC,
        side,
        new BigDecimal(quantity),
        limit == null ? null : new BigDecimal(limit),
        timeInForce,
        OrderIntent.MANUAL,
        null);
  }
}
