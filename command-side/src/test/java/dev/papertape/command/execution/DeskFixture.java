package dev.papertape.command.execution;

import static dev.papertape.command.fixtures.TestVenue.BTC;
import static dev.papertape.command.fixtures.TestVenue.NOON;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.router.Router;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.command.router.RoutingContexts;
import dev.papertape.command.router.VenueConditions;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.audit.Provenance;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sends orders through the real router to a desk over test venues, and keeps every event. */
final class DeskFixture {
  private static final Provenance NO_PROVENANCE = new Provenance("", "", "", "", "");

  final List<TestVenue> venues;
  final Portfolio portfolio = new Portfolio(Portfolio.DEFAULT_INITIAL_CASH);
  final List<LegEnd> legEnds = new ArrayList<>();
  final List<DomainEvent> events = new ArrayList<>();
  final ExecutionDesk desk;

  DeskFixture(TestVenue... venues) {
    this.venues = List.of(venues);
    this.desk = new ExecutionDesk(portfolio, _ -> this.venues, legEnds::add);
  }

  /** Accepts and routes at {@code at}; legs are on their way then. */
  void send(
      String orderId,
      Side side,
      String quantity,
      @Nullable String limit,
      TimeInForce timeInForce,
      Instant at) {
    OrderIntent intent =
        new OrderIntent(
            BTC,
            side,
            new BigDecimal(quantity),
            limit == null ? null : new BigDecimal(limit),
            timeInForce,
            "alpha",
            null);
    OrderAccepted accepted =
        new OrderAccepted(orderId, intent, "mailbox", 1, List.of(), List.of(), at);
    desk.accepted(accepted, RouterPolicy.DEFAULT);
    events.add(accepted);
    RoutingContext context =
        new RoutingContexts(
                RouterPolicy.DEFAULT, "r", _ -> new VenueConditions(0, 1, 0, 1, null), _ -> null)
            .of(
                intent,
                venues,
                new RoutingContexts.Moment(
                    1, at, BigDecimal.ZERO, BigDecimal.ZERO, TradingState.ACTIVE, 0, null));
    RoutingDecision decision = Router.decide(context, RouterPolicy.DEFAULT);
    RouterEvent event =
        decision.legs().isEmpty()
            ? new RouterEvent.OrderUnroutable(
                orderId, "d-" + orderId, context, decision, NO_PROVENANCE, at)
            : new RouterEvent.OrderRouted(
                orderId, "d-" + orderId, context, decision, NO_PROVENANCE, at);
    desk.routed(event);
    events.add(event);
  }

  /** A resting buy of which nothing can be taken now, already at its venue. */
  void restBuy(String orderId, String quantity, String limit) {
    send(orderId, Side.BUY, quantity, limit, TimeInForce.GTC, NOON);
    tick(NOON);
  }

  void tick(Instant at) {
    desk.atTick(at, events::add);
  }

  void print(String price, String quantity, Side aggressor) {
    TestVenue venue = venues.getFirst();
    desk.traded(
        new PublicTrade(
            venue.venue(),
            BTC,
            venue.book.scale().price(new BigDecimal(price)),
            venue.book.scale().quantity(new BigDecimal(quantity)),
            aggressor,
            NOON),
        NOON.plusSeconds(1),
        events::add);
  }

  <E extends ExecutionEvent> List<E> all(Class<E> type) {
    return events.stream().filter(type::isInstance).map(type::cast).toList();
  }

  /** Events of one order, as its stream holds them. */
  List<DomainEvent> stream(String orderId) {
    return events.stream()
        .filter(
            event ->
                event instanceof ExecutionEvent.OrderEvent order && order.orderId().equals(orderId)
                    || event instanceof RouterEvent routing && routing.orderId().equals(orderId))
        .toList();
  }
}
