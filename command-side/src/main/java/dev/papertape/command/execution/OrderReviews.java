package dev.papertape.command.execution;

import dev.papertape.command.market.BookView;
import dev.papertape.command.router.CommonMid;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Execution in hindsight: where the common mid was some time after each fill, and what the other
 * venues that an order could have gone to would have given it. Owned by the engine's thread.
 *
 * <p>A venue that an order did not choose is looked at when a leg sent there would have arrived,
 * after the legs that arrive at the same moment: so what the order's own leg there has taken is not
 * offered again. At most {@link #MOST_OPEN} orders are watched; those beyond, and the seeded
 * exercise flow of a rollout on trial, are neither reviewed nor marked out. What is pending when
 * the engine stops is lost (decision 0023).
 */
final class OrderReviews {
  static final int MOST_OPEN = 10_000;

  /** Orders from these sources only exercise a rollout. */
  private static final String EXERCISE = "demo:";

  private final Function<Symbol, ? extends List<? extends BookView>> books;
  private final BiFunction<Looked, Instant, List<FilledLevel>> offered;
  private final Map<String, RouterPolicy> accepted = new HashMap<>();
  private final Map<String, OrderReview> open = new HashMap<>();
  private final PriorityQueue<Look> looks = new PriorityQueue<>();
  private final Deque<OrderReview> finished = new ArrayDeque<>();
  private final MarkOuts markOuts = new MarkOuts();
  private long scheduled;

  /** One side of a book, as an order would take it. */
  record Looked(
      BookView view,
      Side side,
      BigDecimal quantity,
      @Nullable BigDecimal limit,
      RouterPolicy policy) {}

  /**
   * @param venue whose book to look at, null for the common mid at the first arrival
   */
  private record Look(Instant due, long number, OrderReview review, @Nullable Venue venue)
      implements Comparable<Look> {
    @Override
    public int compareTo(Look other) {
      int byTime = due.compareTo(other.due);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }

  /**
   * @param offered levels that an order would take of a book now, without taking them
   */
  OrderReviews(
      Function<Symbol, ? extends List<? extends BookView>> books,
      BiFunction<Looked, Instant, List<FilledLevel>> offered) {
    this.books = books;
    this.offered = offered;
  }

  void accepted(OrderAccepted event, RouterPolicy policy) {
    if (!event.source().startsWith(EXERCISE) && accepted.size() + open.size() < MOST_OPEN) {
      accepted.put(event.orderId(), policy);
    }
  }

  /** The order never got a leg: there is nothing to look back at. */
  void dropped(String orderId) {
    accepted.remove(orderId);
  }

  /** Plans a look at each venue that some leg could have gone to instead. */
  void routed(OrderRouted event) {
    RouterPolicy policy = accepted.remove(event.orderId());
    if (policy == null) {
      return;
    }
    OrderReview review = new OrderReview(event, policy);
    open.put(event.orderId(), review);
    Instant firstArrival =
        review.legVenues().stream()
            .map(venue -> arrival(event, venue))
            .min(Instant::compareTo)
            .orElse(event.feedTime());
    look(firstArrival, review, null);
    for (Venue venue : review.alternatives()) {
      look(arrival(event, venue), review, venue);
    }
  }

  private void look(Instant due, OrderReview review, @Nullable Venue venue) {
    review.awaits();
    looks.add(new Look(due, scheduled++, review, venue));
  }

  private Instant arrival(OrderRouted event, Venue venue) {
    BookView view = new BookKey(venue, event.context().intent().symbol()).in(books);
    return event.feedTime().plusMillis(view == null ? 0 : view.instrument().latency().totalMs());
  }

  /** Looks that are due before {@code time}. */
  void lookBefore(Instant time) {
    while (!looks.isEmpty() && looks.peek().due.isBefore(time)) {
      look(looks.remove());
    }
  }

  /** Looks that are due at {@code time} or before. */
  void lookAt(Instant time) {
    while (!looks.isEmpty() && !looks.peek().due.isAfter(time)) {
      look(looks.remove());
    }
  }

  private void look(Look look) {
    OrderReview review = look.review;
    Venue venue = look.venue;
    if (venue == null) {
      review.arrived(mid(review, look.due));
    } else {
      BookView view = new BookKey(venue, review.symbol()).in(books);
      List<FilledLevel> levels =
          view == null
              ? List.of()
              : offered.apply(
                  new Looked(
                      view,
                      review.side(),
                      review.mostSentElsewhere(venue),
                      review.limit(),
                      review.policy()),
                  look.due);
      double feeBps = view == null ? 0 : view.instrument().fees().takerBps();
      review.looked(venue, new Offer(levels, feeBps));
    }
    finishIfDone(review);
  }

  /** A fact of an order's life, right after it happened. */
  void happened(ExecutionEvent event) {
    switch (event) {
      case OrderFilled fill -> {
        OrderReview review = open.get(fill.orderId());
        if (review != null) {
          markOuts.filled(fill);
          review.filled(fill);
          if (fill.remaining().signum() == 0) {
            over(review, fill.feedTime());
          }
        }
      }
      case OrderExpired expired -> {
        if (expired.terminal()) {
          over(open.get(expired.orderId()), expired.feedTime());
        }
      }
      case OrderCancelled cancelled -> over(open.get(cancelled.orderId()), cancelled.feedTime());
      case OrderAccepted _,
          ExecutionEvent.OrderBlocked _,
          ExecutionEvent.PositionClosed _,
          ExecutionEvent.PortfolioMarked _,
          ExecutionEvent.AlphasCrossed _,
          ExecutionEvent.FillMarkedOut _,
          ExecutionEvent.OrderReviewed _,
          ExecutionEvent.PortfolioReset _,
          ExecutionEvent.EngineCheckpointed _ -> {}
    }
  }

  private void over(@Nullable OrderReview review, Instant feedTime) {
    if (review != null) {
      review.over(mid(review, feedTime));
      finishIfDone(review);
    }
  }

  private void finishIfDone(OrderReview review) {
    if (review.isDone() && open.remove(review.orderId(), review)) {
      finished.add(review);
    }
  }

  private @Nullable BigDecimal mid(OrderReview review, Instant feedTime) {
    return CommonMid.of(books.apply(review.symbol()), feedTime, review.policy().maxAgeMs());
  }

  /** What can be told by now: marks of fills, then orders, both in the order of their moments. */
  void tick(
      Instant feedTime, Function<Symbol, @Nullable BigDecimal> mids, Consumer<ExecutionEvent> out) {
    markOuts.tick(feedTime, mids, out);
    for (OrderReview review = finished.poll(); review != null; review = finished.poll()) {
      out.accept(review.result(feedTime));
    }
  }
}
