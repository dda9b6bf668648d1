package dev.papertape.command.execution;

import dev.papertape.command.execution.LegsInFlight.InFlight;
import dev.papertape.command.execution.LiveOrder.LiveLeg;
import dev.papertape.command.execution.RestingLegs.MakerFill;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.Scale;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.Liquidity;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.router.RouterEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works the open orders against the live books: legs on their way, legs that rest. Owned by the
 * engine's thread; every method that makes something happen gives the facts, in order, to the
 * caller's consumer, and has applied them to the order and the account by then.
 */
public final class ExecutionDesk {
  private final Function<Symbol, ? extends List<? extends BookView>> books;
  private final Consumer<LegEnd> legEnds;
  private final FillFacts facts;
  private final OpenOrders orders = new OpenOrders();
  private final LegsInFlight inFlight = new LegsInFlight();
  private final RestingOrders resting;
  private final Map<BookKey, ConsumedLiquidity> consumed = new HashMap<>();
  private final OrderReviews reviews;

  /**
   * @param books of a symbol at all venues, ordered by venue name
   * @param legEnds hears how every immediate leg fared
   */
  public ExecutionDesk(
      Portfolio portfolio,
      Function<Symbol, ? extends List<? extends BookView>> books,
      Consumer<LegEnd> legEnds) {
    this.books = books;
    this.legEnds = legEnds;
    this.facts = new FillFacts(portfolio, books);
    this.resting = new RestingOrders(orders::policyOf);
    this.reviews = new OrderReviews(books, this::offered);
  }

  /** The order if it is not over, else null. */
  public @Nullable LiveOrder order(String orderId) {
    return orders.find(orderId);
  }

  /** Orders that are not over, oldest first. */
  public Collection<LiveOrder> openOrders() {
    return orders.all();
  }

  /** The order is filled and measured under {@code policy} for as long as it lives. */
  public void accepted(OrderAccepted event, RouterPolicy policy) {
    orders.accepted(event, policy);
    reviews.accepted(event, policy);
  }

  public void blocked(OrderBlocked event) {
    orders.put(orders.get(event.orderId()).after(event));
    reviews.dropped(event.orderId());
  }

  /** Sends the legs on their way; each arrives after its venue's latency. */
  public void routed(RouterEvent event) {
    LiveOrder order = orders.get(event.orderId()).after(event);
    orders.put(order);
    for (int leg = 0; leg < order.legs().size(); leg++) {
      BookView view = keyOf(order, leg).in(books);
      long latencyMs = view == null ? 0 : view.instrument().latency().totalMs();
      inFlight.send(order.orderId(), leg, event.feedTime().plusMillis(latencyMs));
    }
    switch (event) {
      case RouterEvent.OrderRouted routed -> reviews.routed(routed);
      case RouterEvent.OrderUnroutable unroutable -> reviews.dropped(unroutable.orderId());
    }
  }

  /** Lets legs arrive that are due before {@code feedTime}: called before that input is applied. */
  public void beforeInputAt(Instant feedTime, Consumer<ExecutionEvent> out) {
    for (InFlight leg = inFlight.pollBefore(feedTime);
        leg != null;
        leg = inFlight.pollBefore(feedTime)) {
      reviews.lookBefore(leg.due());
      arrive(leg, reviewed(out));
    }
    reviews.lookBefore(feedTime);
  }

  /** Lets legs arrive that are due at {@code feedTime} or before: called at every tick. */
  public void atTick(Instant feedTime, Consumer<ExecutionEvent> out) {
    for (InFlight leg = inFlight.pollAt(feedTime); leg != null; leg = inFlight.pollAt(feedTime)) {
      reviews.lookBefore(leg.due());
      arrive(leg, reviewed(out));
    }
    reviews.lookAt(feedTime);
  }

  /** Tells what became of fills and of orders that are over: once in every tick, after the mids. */
  public void review(
      Instant feedTime, Function<Symbol, @Nullable BigDecimal> mids, Consumer<ExecutionEvent> out) {
    reviews.tick(feedTime, mids, out);
  }

  /** Fills resting orders that a trade reached, while the book is in order. */
  public void traded(PublicTrade trade, Instant feedTime, Consumer<ExecutionEvent> out) {
    BookView view = new BookKey(trade.venue(), trade.symbol()).in(books);
    if (view != null) {
      Consumer<ExecutionEvent> seen = reviewed(out);
      resting.traded(trade, view, feedTime).forEach(fill -> makerFill(view, fill, feedTime, seen));
    }
  }

  /** A trade of a stream that nothing may rest on: it fills nothing and says nothing of a queue. */
  public void tradedInDoubt(PublicTrade trade) {
    resting.printed(new BookKey(trade.venue(), trade.symbol()));
  }

  /** Fills resting orders that the other side crossed, at a venue that has printed no trade. */
  public void bookChanged(BookView view, Instant feedTime, Consumer<ExecutionEvent> out) {
    resting
        .crossed(view, consumed(BookKey.of(view)), feedTime)
        .forEach(fill -> makerFill(view, fill, feedTime, reviewed(out)));
  }

  /** Cancels an order all of whose open legs rest. */
  public Cancellation cancel(String orderId, String reason, long frame, Instant feedTime) {
    LiveOrder order = orders.find(orderId);
    if (order == null) {
      return new Cancellation.NotOpen();
    }
    if (inFlight.hasLegOf(orderId) || !order.hasOpenLegs()) {
      return new Cancellation.NotResting(order.status());
    }
    OrderCancelled event = new OrderCancelled(orderId, reason, order.remaining(), frame, feedTime);
    resting.remove(orderId);
    orders.put(order.after(event));
    reviews.happened(event);
    return new Cancellation.Done(event);
  }

  /**
   * Expires the orders that an earlier engine left open: where they stood in their queues is not in
   * the log.
   */
  public void expireLeftOpen(
      Collection<LiveOrder> leftOpen, Instant feedTime, Consumer<ExecutionEvent> out) {
    for (LiveOrder order : leftOpen) {
      if (!order.status().isTerminal()) {
        out.accept(facts.restarted(order, feedTime));
      }
    }
  }

  private void arrive(InFlight arrival, Consumer<ExecutionEvent> out) {
    LiveOrder order = orders.get(arrival.orderId());
    LiveLeg leg = order.legs().get(arrival.leg());
    BookKey key = keyOf(order, arrival.leg());
    BookView view = key.in(books);
    if (view == null) {
      ended(order, leg, BigDecimal.ZERO, arrival.due());
      expire(order, arrival.leg(), Shortfall.BOOK_NOT_SYNCED, arrival.due(), out);
      return;
    }
    PaperFill fill =
        PaperFill.take(
            view,
            consumed(key),
            order.intent().side(),
            leg.quantity(),
            leg.limit(),
            orders.policyOf(order.orderId()),
            arrival.due());
    LiveOrder after = order;
    if (fill.quantity().signum() > 0) {
      after =
          facts.fill(
              order,
              orders.policyOf(order.orderId()),
              arrival.leg(),
              view,
              fill.levels(),
              Liquidity.TAKER,
              arrival.due(),
              out);
      orders.put(after);
    }
    Shortfall shortfall = fill.shortfall();
    BigDecimal limit = leg.limit();
    if (shortfall != null && limit != null && mayRest(order, shortfall)) {
      resting.rest(
          order.orderId(), arrival.leg(), order.intent().side(), limit, fill.unfilled(), view);
      return;
    }
    ended(order, leg, fill.quantity(), arrival.due());
    if (shortfall == null) {
      settleIfLast(after, arrival.due(), out);
    } else {
      expire(after, arrival.leg(), shortfall, arrival.due(), out);
    }
  }

  private static boolean mayRest(LiveOrder order, Shortfall shortfall) {
    return order.intent().timeInForce() == TimeInForce.GTC
        && shortfall != Shortfall.BOOK_NOT_SYNCED
        && shortfall != Shortfall.BOOK_STALE;
  }

  private void ended(LiveOrder order, LiveLeg leg, BigDecimal filled, Instant feedTime) {
    LiveOrder.Decision decision = order.decision();
    Long latencyMs =
        decision == null || filled.signum() == 0
            ? null
            : (Long) Duration.between(decision.feedTime(), feedTime).toMillis();
    legEnds.accept(new LegEnd(leg.venue(), leg.quantity(), filled, latencyMs, feedTime));
  }

  private void makerFill(
      BookView view, MakerFill fill, Instant feedTime, Consumer<ExecutionEvent> out) {
    Scale scale = view.book().scale();
    List<FilledLevel> levels =
        List.of(
            new FilledLevel(scale.price(fill.resting().price), scale.quantity(fill.quantity())));
    LiveOrder order = orders.get(fill.resting().orderId);
    LiveOrder after =
        facts.fill(
            order,
            orders.policyOf(order.orderId()),
            fill.resting().leg,
            view,
            levels,
            Liquidity.MAKER,
            feedTime,
            out);
    orders.put(after);
    settleIfLast(after, feedTime, out);
  }

  private void expire(
      LiveOrder order, int leg, Shortfall why, Instant feedTime, Consumer<ExecutionEvent> out) {
    LiveOrder after = facts.expireLeg(order, leg, why, feedTime, out);
    orders.put(after);
    settleIfLast(after, feedTime, out);
  }

  /** The last leg is over and something never filled: the order as a whole expires. */
  private void settleIfLast(LiveOrder order, Instant feedTime, Consumer<ExecutionEvent> out) {
    if (!order.status().isTerminal() && !order.hasOpenLegs()) {
      orders.put(facts.expireRest(order, feedTime, out));
    }
  }

  private Consumer<ExecutionEvent> reviewed(Consumer<ExecutionEvent> out) {
    return event -> {
      out.accept(event);
      reviews.happened(event);
    };
  }

  private List<FilledLevel> offered(OrderReviews.Looked looked, Instant feedTime) {
    return PaperFill.offered(
        looked.view(),
        consumed(BookKey.of(looked.view())),
        looked.side(),
        looked.quantity(),
        looked.limit(),
        looked.policy(),
        feedTime);
  }

  private ConsumedLiquidity consumed(BookKey key) {
    return consumed.computeIfAbsent(key, _ -> new ConsumedLiquidity());
  }

  private static BookKey keyOf(LiveOrder order, int leg) {
    return new BookKey(order.legs().get(leg).venue(), order.intent().symbol());
  }
}
