package dev.papertape.command.execution;

import dev.papertape.command.execution.LiveOrder.LiveLeg;
import dev.papertape.command.execution.RestingLegs.MakerFill;
import dev.papertape.command.execution.RestingLegs.Resting;
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
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RouterEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Works the open orders against the live books: legs on their way, legs that rest. Owned by the
 * engine's thread; every method that makes something happen gives the facts, in order, to the
 * caller's consumer, and has applied them to the order and the account by then.
 */
public final class ExecutionDesk {
  private final RouterPolicy policy;
  private final Function<Symbol, ? extends List<? extends BookView>> books;
  private final FillFacts facts;
  private final Map<String, LiveOrder> open = new LinkedHashMap<>();
  private final PriorityQueue<InFlight> inFlight = new PriorityQueue<>();
  private final Map<BookKey, ConsumedLiquidity> consumed = new HashMap<>();
  private final Map<BookKey, RestingLegs> resting = new HashMap<>();
  private final Set<BookKey> printsTrades = new HashSet<>();
  private long sent;

  private record BookKey(Venue venue, Symbol symbol) {}

  /** A leg on its way; legs that arrive together arrive in the order in which they were sent. */
  private record InFlight(Instant due, long number, String orderId, int leg)
      implements Comparable<InFlight> {
    @Override
    public int compareTo(InFlight other) {
      int byTime = due.compareTo(other.due);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /**
   * @param books of a symbol at all venues, ordered by venue name
   */
  public ExecutionDesk(
      Portfolio portfolio,
      RouterPolicy policy,
      Function<Symbol, ? extends List<? extends BookView>> books) {
    this.policy = policy;
    this.books = books;
    this.facts = new FillFacts(portfolio, policy, books);
  }

  /** The order if it is not over, else null. */
  public @Nullable LiveOrder order(String orderId) {
    return open.get(orderId);
  }

  /** Orders that are not over, oldest first. */
  public Collection<LiveOrder> openOrders() {
    return List.copyOf(open.values());
  }

  public void accepted(OrderAccepted event) {
    if (open.putIfAbsent(event.orderId(), LiveOrder.accepted(event)) != null) {
      throw new IllegalStateException("order " + event.orderId() + " was accepted twice");
    }
  }

  public void blocked(OrderBlocked event) {
    keep(orderOrThrow(event.orderId()).after(event));
  }

  /** Sends the legs on their way; each arrives after its venue's latency. */
  public void routed(RouterEvent event) {
    LiveOrder order = orderOrThrow(event.orderId()).after(event);
    keep(order);
    for (int leg = 0; leg < order.legs().size(); leg++) {
      BookView view = book(order.legs().get(leg).venue(), order.intent().symbol());
      long latencyMs = view == null ? 0 : view.instrument().latency().totalMs();
      inFlight.add(
          new InFlight(event.feedTime().plusMillis(latencyMs), sent++, order.orderId(), leg));
    }
  }

  /** Lets legs arrive that are due before {@code feedTime}: called before that input is applied. */
  public void beforeInputAt(Instant feedTime, Consumer<ExecutionEvent> out) {
    while (!inFlight.isEmpty() && inFlight.peek().due.isBefore(feedTime)) {
      arrive(inFlight.remove(), out);
    }
  }

  /** Lets legs arrive that are due at {@code feedTime} or before: called at every tick. */
  public void atTick(Instant feedTime, Consumer<ExecutionEvent> out) {
    while (!inFlight.isEmpty() && !inFlight.peek().due.isAfter(feedTime)) {
      arrive(inFlight.remove(), out);
    }
  }

  /** Fills resting orders that a trade reached. */
  public void traded(PublicTrade trade, Instant feedTime, Consumer<ExecutionEvent> out) {
    BookKey key = new BookKey(trade.venue(), trade.symbol());
    printsTrades.add(key);
    RestingLegs legs = resting.get(key);
    BookView view = legs == null || legs.isEmpty() ? null : book(key.venue, key.symbol);
    if (legs != null && view != null) {
      for (MakerFill fill : legs.traded(trade)) {
        makerFill(view, fill.resting(), fill.quantity(), feedTime, out);
      }
    }
  }

  /** Fills resting orders that the other side crossed, at a venue that has printed no trade. */
  public void bookChanged(BookView view, Instant feedTime, Consumer<ExecutionEvent> out) {
    BookKey key = new BookKey(view.instrument().venue(), view.instrument().symbol());
    RestingLegs legs = resting.get(key);
    if (legs == null || legs.isEmpty() || printsTrades.contains(key)) {
      return;
    }
    Scale scale = view.book().scale();
    for (Resting each : legs.all()) {
      BigDecimal justInside = scale.price(each.price - each.side.sign());
      PaperFill crossed =
          PaperFill.take(
              view,
              consumed(key),
              each.side,
              scale.quantity(each.remaining),
              justInside,
              policy,
              feedTime);
      if (crossed.quantity().signum() > 0) {
        long quantity = scale.quantity(crossed.quantity());
        legs.filled(each, quantity);
        makerFill(view, each, quantity, feedTime, out);
      }
    }
  }

  /** What became of a wish to cancel. */
  public sealed interface Cancellation {
    /** The order is over; the event has been applied. */
    record Done(OrderCancelled event) implements Cancellation {}

    /** No open order has this id. */
    record NotOpen() implements Cancellation {}

    /** A leg is on its way, or nothing of the order rests. */
    record NotResting(OrderStatus status) implements Cancellation {}
  }

  /** Cancels an order all of whose open legs rest. */
  public Cancellation cancel(String orderId, String reason, long frame, Instant feedTime) {
    LiveOrder order = open.get(orderId);
    if (order == null) {
      return new Cancellation.NotOpen();
    }
    boolean onItsWay = inFlight.stream().anyMatch(leg -> leg.orderId.equals(orderId));
    if (onItsWay || !order.hasOpenLegs()) {
      return new Cancellation.NotResting(order.status());
    }
    OrderCancelled event = new OrderCancelled(orderId, reason, order.remaining(), frame, feedTime);
    forget(orderId);
    keep(order.after(event));
    return new Cancellation.Done(event);
  }

  /**
   * Takes over orders that an earlier engine left open, and expires them: where they stood in their
   * queues is not in the log.
   */
  public void expireLeftOpen(
      Collection<LiveOrder> orders, Instant feedTime, Consumer<ExecutionEvent> out) {
    for (LiveOrder order : orders) {
      if (!order.status().isTerminal()) {
        out.accept(facts.restarted(order, feedTime));
      }
    }
  }

  private void arrive(InFlight arrival, Consumer<ExecutionEvent> out) {
    LiveOrder order = orderOrThrow(arrival.orderId);
    LiveLeg leg = order.legs().get(arrival.leg);
    BookKey key = new BookKey(leg.venue(), order.intent().symbol());
    BookView view = book(key.venue, key.symbol);
    if (view == null) {
      expire(order, arrival.leg, Shortfall.BOOK_NOT_SYNCED, arrival.due, out);
      return;
    }
    PaperFill fill =
        PaperFill.take(
            view,
            consumed(key),
            order.intent().side(),
            leg.quantity(),
            leg.limit(),
            policy,
            arrival.due);
    if (fill.quantity().signum() > 0) {
      order = fill(order, arrival.leg, view, fill.levels(), Liquidity.TAKER, arrival.due, out);
    }
    Shortfall shortfall = fill.shortfall();
    BigDecimal limit = leg.limit();
    if (shortfall == null) {
      settleIfLast(order, arrival.due, out);
    } else if (order.intent().timeInForce() == TimeInForce.GTC
        && limit != null
        && PaperFill.closed(view, arrival.due) == null) {
      rest(order, arrival.leg, view, limit, fill.unfilled());
    } else {
      expire(order, arrival.leg, shortfall, arrival.due, out);
    }
  }

  private void rest(
      LiveOrder order, int leg, BookView view, BigDecimal limit, BigDecimal unfilled) {
    Scale scale = view.book().scale();
    BookKey key = new BookKey(view.instrument().venue(), view.instrument().symbol());
    resting
        .computeIfAbsent(key, _ -> new RestingLegs())
        .add(
            new Resting(
                order.orderId(),
                leg,
                order.intent().side(),
                PaperFill.worstPrice(order.intent().side(), limit, scale),
                scale.quantity(view.instrument().rules().lotSize()),
                scale.quantity(unfilled),
                view.book()));
  }

  private void makerFill(
      BookView view, Resting each, long quantity, Instant feedTime, Consumer<ExecutionEvent> out) {
    Scale scale = view.book().scale();
    List<FilledLevel> levels =
        List.of(new FilledLevel(scale.price(each.price), scale.quantity(quantity)));
    LiveOrder order =
        fill(orderOrThrow(each.orderId), each.leg, view, levels, Liquidity.MAKER, feedTime, out);
    settleIfLast(order, feedTime, out);
  }

  private LiveOrder fill(
      LiveOrder order,
      int leg,
      BookView view,
      List<FilledLevel> levels,
      Liquidity liquidity,
      Instant feedTime,
      Consumer<ExecutionEvent> out) {
    LiveOrder after = facts.fill(order, leg, view, levels, liquidity, feedTime, out);
    keep(after);
    return after;
  }

  private void expire(
      LiveOrder order, int leg, Shortfall why, Instant feedTime, Consumer<ExecutionEvent> out) {
    LiveOrder after = facts.expireLeg(order, leg, why, feedTime, out);
    keep(after);
    settleIfLast(after, feedTime, out);
  }

  /** The last leg is over and something never filled: the order as a whole expires. */
  private void settleIfLast(LiveOrder order, Instant feedTime, Consumer<ExecutionEvent> out) {
    if (!order.status().isTerminal() && !order.hasOpenLegs()) {
      keep(facts.expireRest(order, feedTime, out));
    }
  }

  private void keep(LiveOrder order) {
    if (order.status().isTerminal()) {
      open.remove(order.orderId());
    } else {
      open.put(order.orderId(), order);
    }
  }

  private void forget(String orderId) {
    resting.values().forEach(legs -> legs.remove(orderId));
  }

  private ConsumedLiquidity consumed(BookKey key) {
    return consumed.computeIfAbsent(key, _ -> new ConsumedLiquidity());
  }

  private LiveOrder orderOrThrow(String orderId) {
    LiveOrder order = open.get(orderId);
    if (order == null) {
      throw new IllegalStateException("order " + orderId + " is not open");
    }
    return order;
  }

  private @Nullable BookView book(Venue venue, Symbol symbol) {
    for (BookView view : books.apply(symbol)) {
      if (view.instrument().venue().equals(venue)) {
        return view;
      }
    }
    return null;
  }
}
