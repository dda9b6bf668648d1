package dev.papertape.query.report;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.FillMarkedOut;
import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderReviewed;
import dev.papertape.contracts.execution.LegReview;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.MarketEvent.BookResynced;
import dev.papertape.contracts.market.MarketEvent.VenueScored;
import dev.papertape.contracts.report.ImplementationShortfall;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.contracts.router.RoutingDecision;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection.Fold;
import dev.papertape.query.EventJson;
import dev.papertape.query.report.VenueFills.Unmarked;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Adds what happened at venues to the rows of its moment. Every event adds at its own feed time, so
 * a row is complete once feed time has left it.
 */
final class VenueFold implements Fold {
  /** The row of what is of no single venue. */
  static final String ALL = "";

  private static final String RESTARTED = "ENGINE_RESTARTED";
  private static final String INITIAL = "INITIAL";

  /** Without an event for so long, no engine was there to see anything. */
  static final long UNOBSERVED_AFTER_MS = 30_000;

  /** The last mark comes 60 s after the fill, or not at all. */
  private static final long MARKED_WITHIN_MS = 120_000;

  private static final int LAST_MARK_SECONDS = 60;

  private final EventJson json;
  final Downtime downtime = new Downtime();
  final VenueRows rows = new VenueRows();
  private final Set<String> venues = new HashSet<>();
  private final Map<String, RoutedOrder> orders = new HashMap<>();
  private final Map<String, Unmarked> fills = new HashMap<>();
  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private long feedMs = Long.MIN_VALUE;

  private record Waiting(String fillId, long feedMs) {}

  VenueFold(EventJson json) {
    this.json = json;
  }

  void recallVenue(String venue) {
    venues.add(venue);
  }

  void recallOrder(String orderId, RoutedOrder order) {
    orders.put(orderId, order);
  }

  /** Oldest first. */
  void recallFill(String fillId, long at, Unmarked fill) {
    fills.put(fillId, fill);
    waiting.add(new Waiting(fillId, at));
  }

  void recallClock(long at) {
    feedMs = at;
  }

  @Override
  public void apply(LoggedEvent logged, Changes changes) {
    long position = logged.position();
    DomainEvent event = json.event(logged);
    switch (event) {
      case MarketEvent market -> {
        advance(market.feedTime(), position, changes);
        market(market, position, changes);
      }
      case RouterEvent decided -> {
        advance(decided.feedTime(), position, changes);
        switch (decided) {
          case RouterEvent.OrderRouted routed -> routed(routed, position, changes);
          case RouterEvent.OrderUnroutable _ -> {}
        }
      }
      case ExecutionEvent execution -> {
        advance(execution.feedTime(), position, changes);
        execution(execution, position, changes);
      }
      default -> throw new IllegalArgumentException("not folded here: " + logged.payloadType());
    }
    rows.write(Math.floorDiv(feedMs, 1_000), changes);
  }

  /** Feed time goes on; a row of the clock for each second of it, also when it goes back. */
  private void advance(Instant feedTime, long position, Changes changes) {
    long now = feedTime.toEpochMilli();
    long before = feedMs;
    if (before == Long.MIN_VALUE || Math.floorDiv(before, 1_000) != Math.floorDiv(now, 1_000)) {
      changes.upsert(VenueTables.CLOCK, List.of(position), List.of(now));
      forgetUnmarked(now, changes);
    }
    if (before != Long.MIN_VALUE && now - before > UNOBSERVED_AFTER_MS) {
      downtime.unobserved(before, now, position, changes);
    }
    feedMs = now;
  }

  private void forgetUnmarked(long now, Changes changes) {
    while (!waiting.isEmpty() && waiting.getFirst().feedMs < now - MARKED_WITHIN_MS) {
      forget(waiting.removeFirst().fillId, changes);
    }
  }

  private void forget(String fillId, Changes changes) {
    if (fills.remove(fillId) != null) {
      changes.delete(VenueTables.FILL, List.of(fillId));
    }
  }

  private VenueRows.Additions at(String venue, Instant feedTime, long position) {
    return rows.of(venue, feedTime.getEpochSecond(), position);
  }

  private void market(MarketEvent event, long position, Changes changes) {
    String venue = event.venue().name();
    long now = event.feedTime().toEpochMilli();
    if (venues.add(venue)) {
      changes.upsert(VenueTables.VENUES, List.of(venue), List.of(position, now));
    }
    switch (event) {
      case VenueScored scored -> {
        changes.upsert(VenueTables.SCORE, List.of(venue, position), List.of(scored.score()));
        if (scored.state() == BookState.SYNCED) {
          downtime.ends(venue, now, position, changes);
        } else {
          downtime.begins(venue, now, position, changes);
        }
      }
      case BookResynced resynced -> {
        if (!resynced.reason().equals(INITIAL)) {
          at(venue, resynced.feedTime(), position).add(VenueMeasure.RESYNCS, 1);
        }
        downtime.was(venue, resynced.brokenSince().toEpochMilli(), now, position, changes);
      }
      case MarketEvent.VenueRegistered _,
          MarketEvent.VenueConnected _,
          MarketEvent.VenueDisconnected _,
          MarketEvent.CandlesSynced _ -> {}
    }
  }

  private void routed(RouterEvent.OrderRouted routed, long position, Changes changes) {
    RoutedOrder order = RoutedOrder.of(routed);
    keep(routed.orderId(), order, changes);
    Set<String> counted = new HashSet<>();
    for (RoutingDecision.Leg leg : routed.decision().legs()) {
      var row = at(leg.venue().name(), routed.feedTime(), position).add(VenueMeasure.LEGS, 1);
      if (counted.add(leg.venue().name())) {
        row.add(VenueMeasure.ORDERS, 1);
      }
    }
  }

  private void execution(ExecutionEvent event, long position, Changes changes) {
    switch (event) {
      case OrderFilled fill -> filled(fill, position, changes);
      case OrderExpired expired -> {
        RoutedOrder order = orders.get(expired.orderId());
        if (order != null) {
          Integer leg = expired.leg();
          RoutedOrder after = expired.terminal() || leg == null ? order.ended() : order.ended(leg);
          if (!expired.reason().equals(RESTARTED)) {
            ended(order, after, expired.feedTime(), position);
          }
          move(expired.orderId(), after, expired.terminal(), changes);
        }
      }
      case OrderCancelled cancelled -> {
        RoutedOrder order = orders.get(cancelled.orderId());
        if (order != null) {
          ended(order, order.ended(), cancelled.feedTime(), position);
          move(cancelled.orderId(), order, true, changes);
        }
      }
      case FillMarkedOut mark -> marked(mark, position, changes);
      case OrderReviewed review -> reviewed(review, position);
      case ExecutionEvent.OrderAccepted _,
          ExecutionEvent.OrderBlocked _,
          ExecutionEvent.PositionClosed _,
          ExecutionEvent.PortfolioMarked _,
          ExecutionEvent.AlphasCrossed _,
          ExecutionEvent.PortfolioReset _,
          ExecutionEvent.EngineCheckpointed _ -> {}
    }
  }

  private void filled(OrderFilled fill, long position, Changes changes) {
    String venue = fill.venue().name();
    BigDecimal notional = VenueFills.notional(fill);
    var row = at(venue, fill.feedTime(), position);
    row.add(VenueMeasure.FILLS, 1).add(VenueMeasure.NOTIONAL, notional);
    row.add(VenueMeasure.FEES, fill.fee());
    row.addTimeToFill(fill.latencyMs());
    RoutedOrder order = orders.get(fill.orderId());
    BigDecimal mid = fill.decisionMid();
    if (mid != null && VenueFills.measures(mid)) {
      row.add(VenueMeasure.PRICED_NOTIONAL, notional);
      row.add(
          VenueMeasure.SLIPPAGE, VenueFills.term(fill.side(), fill.price(), mid, mid, notional));
      row.addSlippage(VenueFills.slippageBps(fill.side(), fill.price(), mid));
      keep(fill, new Unmarked(venue, fill.side(), fill.price(), notional, mid), changes);
      BigDecimal quote = order == null ? null : order.quote();
      if (quote != null) {
        row.add(VenueMeasure.QUOTED_FILLS, 1).add(VenueMeasure.QUOTED_NOTIONAL, notional);
        row.add(
            VenueMeasure.IMPROVEMENT,
            VenueFills.term(fill.side(), quote, fill.price(), mid, notional));
      }
    }
    if (order != null) {
      RoutedOrder after = order.filled(fill.leg(), fill.quantity());
      ended(order, after, fill.feedTime(), position);
      move(fill.orderId(), after, fill.remaining().signum() == 0, changes);
    }
  }

  /** Counts the legs that this event ended. */
  private void ended(RoutedOrder before, RoutedOrder after, Instant feedTime, long position) {
    BigDecimal mid = before.mid();
    if (!before.immediate() || mid == null) {
      return;
    }
    for (RoutedOrder.Leg leg : after.endedSince(before)) {
      at(leg.venue(), feedTime, position)
          .add(VenueMeasure.LEGS_ENDED, 1)
          .add(VenueMeasure.REJECTS, leg.filled().signum() == 0 ? 1 : 0)
          .add(VenueMeasure.SENT_VALUE, leg.sent().multiply(mid))
          .add(VenueMeasure.FILLED_VALUE, leg.filled().multiply(mid));
    }
  }

  private void move(String orderId, RoutedOrder after, boolean over, Changes changes) {
    if (over) {
      orders.remove(orderId);
      changes.delete(VenueTables.ORDER, List.of(orderId));
    } else {
      keep(orderId, after, changes);
    }
  }

  private void keep(String orderId, RoutedOrder order, Changes changes) {
    orders.put(orderId, order);
    changes.upsert(VenueTables.ORDER, List.of(orderId), List.of(json.column(order)));
  }

  private void keep(OrderFilled fill, Unmarked unmarked, Changes changes) {
    long at = fill.feedTime().toEpochMilli();
    fills.put(fill.fillId(), unmarked);
    waiting.add(new Waiting(fill.fillId(), at));
    changes.upsert(VenueTables.FILL, List.of(fill.fillId()), List.of(at, json.column(unmarked)));
  }

  private void marked(FillMarkedOut mark, long position, Changes changes) {
    Unmarked fill = fills.get(mark.fillId());
    BigDecimal mid = mark.mid();
    if (fill != null && mid != null) {
      BigDecimal realized =
          VenueFills.term(fill.side(), fill.price(), mid, fill.mid(), fill.notional())
              .multiply(BigDecimal.TWO);
      var row = at(fill.venue(), mark.feedTime(), position);
      switch (mark.seconds()) {
        case 1 ->
            row.add(VenueMeasure.MARKED_1, 1)
                .add(VenueMeasure.MARKED_1_NOTIONAL, fill.notional())
                .add(VenueMeasure.REALIZED_1, realized);
        case 10 ->
            row.add(VenueMeasure.MARKED_10, 1)
                .add(VenueMeasure.MARKED_10_NOTIONAL, fill.notional())
                .add(VenueMeasure.REALIZED_10, realized);
        case LAST_MARK_SECONDS ->
            row.add(VenueMeasure.MARKED_60, 1)
                .add(VenueMeasure.MARKED_60_NOTIONAL, fill.notional())
                .add(VenueMeasure.REALIZED_60, realized);
        default -> throw new IllegalArgumentException("no horizon of " + mark.seconds() + " s");
      }
    }
    if (mark.seconds() == LAST_MARK_SECONDS) {
      forget(mark.fillId(), changes);
    }
  }

  private void reviewed(OrderReviewed review, long position) {
    for (LegReview leg : review.legs()) {
      Boolean won = leg.won();
      if (won != null) {
        at(leg.venue().name(), review.feedTime(), position)
            .add(VenueMeasure.COMPARED, 1)
            .add(VenueMeasure.WON, won ? 1 : 0);
      }
    }
    ImplementationShortfall shortfall = shortfall(review);
    if (shortfall != null) {
      at(ALL, review.feedTime(), position)
          .add(VenueMeasure.SHORTFALLS, 1)
          .add(VenueMeasure.DELAY, shortfall.delay())
          .add(VenueMeasure.TRADING, shortfall.trading())
          .add(VenueMeasure.OPPORTUNITY, shortfall.opportunity())
          .add(VenueMeasure.SHORTFALL_FEES, shortfall.fees());
    }
  }

  /**
   * Null where a mid that matters is unknown: the decision's, or the last one of an order that did
   * not fill wholly. Without the mid at the first arrival all is trading and nothing delay: the
   * total is the same however it is split.
   */
  private static @Nullable ImplementationShortfall shortfall(OrderReviewed review) {
    BigDecimal decision = review.decisionMid();
    BigDecimal terminal = review.terminalMid();
    boolean isFilled = review.filled().compareTo(review.quantity()) >= 0;
    if (decision == null || (terminal == null && !isFilled)) {
      return null;
    }
    BigDecimal price = review.averagePrice();
    BigDecimal arrival = review.arrivalMid();
    return ImplementationShortfall.of(
        review.side(),
        review.quantity(),
        review.filled(),
        price == null ? BigDecimal.ZERO : price.multiply(review.filled()),
        review.fees(),
        decision,
        arrival == null ? decision : arrival,
        terminal == null ? decision : terminal);
  }
}
