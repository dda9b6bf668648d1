package dev.papertape.command.router;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.Scale;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.regime.Regime;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.VenueQuote;
import dev.papertape.contracts.router.VenueQuote.QuotedLevel;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Records what the router is about to see: the live books and the account, as plain values. */
public final class RoutingContexts {
  private final RouterPolicy policy;
  private final String release;
  private final Function<Venue, VenueConditions> conditions;
  private final Function<BookView, @Nullable String> topLevelsHash;

  /**
   * @param conditions of each venue now
   * @param topLevelsHash of a book now; {@link TopLevelsHash#of} costs some microseconds, so an
   *     engine may remember it for as long as the book does not change
   */
  public RoutingContexts(
      RouterPolicy policy,
      String release,
      Function<Venue, VenueConditions> conditions,
      Function<BookView, @Nullable String> topLevelsHash) {
    this.policy = policy;
    this.release = release;
    this.conditions = conditions;
    this.topLevelsHash = topLevelsHash;
  }

  /** What the account and the engine add to the books. */
  public record Moment(
      long frame,
      Instant feedTime,
      BigDecimal position,
      BigDecimal cash,
      TradingState tradingState,
      double volatility1sBps,
      @Nullable Regime regime) {}

  /**
   * The context of a decision.
   *
   * @param views the symbol's books, ordered by venue name
   */
  public RoutingContext of(OrderIntent intent, List<? extends BookView> views, Moment now) {
    List<VenueQuote> quotes = new ArrayList<>(views.size());
    for (BookView view : views) {
      quotes.add(quote(intent, view, now));
    }
    return new RoutingContext(
        intent,
        now.frame(),
        CommonMid.of(views, now.feedTime(), policy.maxAgeMs()),
        now.position(),
        now.cash(),
        now.tradingState().name(),
        release,
        policy.version(),
        List.copyOf(quotes),
        now.regime());
  }

  private VenueQuote quote(OrderIntent intent, BookView view, Moment now) {
    Instrument instrument = view.instrument();
    OrderBook book = view.book();
    VenueConditions venue = conditions.apply(instrument.venue());
    Gate closedBy = venue.closedBy();
    Instant receivedAt = view.receivedAt();
    return new VenueQuote(
        instrument.venue(),
        view.state(now.feedTime()),
        view.sequence(),
        view.exchangeTime(),
        receivedAt,
        receivedAt == null ? null : Duration.between(receivedAt, now.feedTime()).toMillis(),
        best(book, BookSide.BID),
        best(book, BookSide.ASK),
        topLevelsHash.apply(view),
        levels(intent, book),
        instrument.rules().lotSize(),
        instrument.rules().minNotional(),
        instrument.fees().takerBps(),
        venue.latencyP95Ms(),
        now.volatility1sBps(),
        venue.fillProbability(),
        policy.adverseMoveSigmas() * now.volatility1sBps(),
        venue.rejectRate(),
        venue.score(),
        closedBy == null ? null : closedBy.name());
  }

  private static @Nullable BigDecimal best(OrderBook book, BookSide side) {
    return book.levels(side) == 0 ? null : book.scale().price(book.price(side, 0));
  }

  /** The shortest prefix that covers the quantity; the router never looks beyond it. */
  private List<QuotedLevel> levels(OrderIntent intent, OrderBook book) {
    BookSide side = BookSide.takenBy(intent.side());
    Scale scale = book.scale();
    long wanted = ceiling(intent.quantity(), scale);
    int count = book.levels(side);
    List<QuotedLevel> levels = new ArrayList<>(Math.min(count, 64));
    long covered = 0;
    for (int level = 0; level < count && covered < wanted; level++) {
      long quantity = book.quantity(side, level);
      levels.add(new QuotedLevel(scale.price(book.price(side, level)), scale.quantity(quantity)));
      covered += policy.takeable(quantity);
    }
    return List.copyOf(levels);
  }

  /**
   * A quantity finer than every lot is gated at every venue; its quote still shows a prefix. One
   * that is more than a book can hold shows the whole side, and the guards block it.
   */
  private static long ceiling(BigDecimal quantity, Scale scale) {
    BigInteger units =
        quantity.setScale(scale.quantityDecimals(), RoundingMode.CEILING).unscaledValue();
    return units.bitLength() > Long.SIZE - 1 ? Long.MAX_VALUE : units.longValue();
  }
}
