package dev.papertape.query.report;

import static dev.papertape.query.SampleEvents.BINANCE;
import static dev.papertape.query.SampleEvents.BTC;
import static dev.papertape.query.SampleEvents.KRAKEN;
import static dev.papertape.query.SampleEvents.PROVENANCE;
import static dev.papertape.query.SampleEvents.T0;
import static dev.papertape.query.SampleEvents.account;
import static dev.papertape.query.SampleEvents.registered;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent.FillMarkedOut;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderReviewed;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.LegReview;
import dev.papertape.contracts.execution.Liquidity;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.MarketEvent.BookResynced;
import dev.papertape.contracts.market.MarketEvent.VenueScored;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueQos;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import dev.papertape.contracts.router.VenueQuote;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A few minutes at two venues in round numbers; all mids are of BTC, all moments milliseconds after
 * {@code T0}.
 *
 * <ul>
 *   <li>o1 at 10 s: buys 2 at BINANCE, mid 100, best ask 100.40 (KRAKEN 100.50); 1 at 100.50 and 1
 *       at 101.50 after 50 ms, fee 0.1005 and 0.1015; mid 101 after 1 s, 102 after 10 s, none after
 *       60.
 *   <li>o2 at 70 s: sells 4 at KRAKEN, mid 200; nothing fills; mid 190 when it is over.
 *   <li>o3 at 80 s: sells 1 at KRAKEN, mid 100, best bid 99.95; at 99.90 after 30 ms, rebate 0.01.
 *   <li>KRAKEN's book is out from 20 s to 20.4 s, between two scores, and its feed is down from 150
 *       s on, to 152 s.
 * </ul>
 */
final class VenueDay {
  private VenueDay() {}

  /** An event with its stream. */
  record Told(String stream, DomainEvent event) {}

  static List<Told> events() {
    List<Told> day = new ArrayList<>();
    for (Venue venue : List.of(BINANCE, KRAKEN)) {
      day.add(told(venue, registered(venue, at(0))));
      day.add(told(venue, scored(venue, BookState.SYNCED, 0.9, 0)));
    }
    day.add(order("o1", routed("o1", Side.BUY, "2", BINANCE, "100", "100.40", "100.50", 10_000)));
    day.add(order("o1", filled("o1", 0, Side.BUY, BINANCE, "1", "100.50", "0.1005", "1", 10_050)));
    day.add(order("o1", filled("o1", 1, Side.BUY, BINANCE, "1", "101.50", "0.1015", "0", 10_050)));
    day.add(
        review(
            reviewed(
                "o1",
                Side.BUY,
                "2",
                "2",
                "101",
                "0.202",
                "100",
                "100.1",
                "101",
                leg(BINANCE, "2", "2", true, 50L),
                10_100)));
    day.add(review(marked("o1", 0, BINANCE, 1, "101", 11_100)));
    day.add(review(marked("o1", 1, BINANCE, 1, "101", 11_100)));
    day.add(review(marked("o1", 0, BINANCE, 10, "102", 20_100)));
    day.add(review(marked("o1", 1, BINANCE, 10, "102", 20_100)));
    day.add(told(KRAKEN, new BookResynced(KRAKEN, BTC, "GAP", 3L, 7L, 1, at(20_000), at(20_400))));
    day.add(order("o2", routed("o2", Side.SELL, "4", KRAKEN, "200", "199", "198", 70_000)));
    day.add(
        order(
            "o2",
            new OrderExpired(
                "o2", 0, KRAKEN, "BOOK_STALE", "stale", new BigDecimal("4"), true, at(70_030))));
    day.add(review(marked("o1", 0, BINANCE, 60, null, 70_100)));
    day.add(review(marked("o1", 1, BINANCE, 60, null, 70_100)));
    day.add(
        review(
            reviewed(
                "o2",
                Side.SELL,
                "4",
                "0",
                null,
                "0",
                "200",
                "200",
                "190",
                leg(KRAKEN, "4", "0", null, null),
                70_100)));
    day.add(order("o3", routed("o3", Side.SELL, "1", KRAKEN, "100", "99.95", "99.90", 80_000)));
    day.add(order("o3", filled("o3", 0, Side.SELL, KRAKEN, "1", "99.90", "-0.01", "0", 80_030)));
    day.add(
        review(
            reviewed(
                "o3",
                Side.SELL,
                "1",
                "1",
                "99.90",
                "-0.01",
                "100",
                "100",
                "100",
                leg(KRAKEN, "1", "1", false, 30L),
                80_100)));
    day.add(told(BINANCE, scored(BINANCE, BookState.SYNCED, 0.8, 100_000)));
    day.add(told(BINANCE, scored(BINANCE, BookState.SYNCED, 0.8, 125_000)));
    day.add(told(KRAKEN, scored(KRAKEN, BookState.STALE, 0.5, 150_000)));
    day.add(told(KRAKEN, scored(KRAKEN, BookState.SYNCED, 0.6, 152_000)));
    return day;
  }

  static Instant at(long millis) {
    return T0.plusMillis(millis);
  }

  private static Told told(Venue venue, DomainEvent event) {
    return new Told("venue:" + venue, event);
  }

  private static Told order(String orderId, DomainEvent event) {
    return new Told("order:" + orderId, event);
  }

  private static Told review(DomainEvent event) {
    return new Told("reviews", event);
  }

  static VenueScored scored(Venue venue, BookState state, double score, long millis) {
    return new VenueScored(
        venue, score, new VenueQos(1, 1, 1, 0, 0, null, 0), state, List.of(), at(millis));
  }

  /**
   * @param best of BINANCE, on the side that is taken
   * @param other of KRAKEN
   */
  private static OrderRouted routed(
      String orderId,
      Side side,
      String quantity,
      Venue venue,
      String mid,
      String best,
      String other,
      long millis) {
    OrderIntent intent =
        new OrderIntent(BTC, side, new BigDecimal(quantity), null, TimeInForce.IOC, "alpha", null);
    RoutingContext context =
        new RoutingContext(
            intent,
            1,
            new BigDecimal(mid),
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            "ACTIVE",
            "r1",
            "policy-1",
            List.of(quote(BINANCE, side, best), quote(KRAKEN, side, other)),
            null);
    RoutingDecision decision =
        new RoutingDecision(
            List.of(candidate(BINANCE), candidate(KRAKEN)),
            List.of(new RoutingDecision.Leg(venue, new BigDecimal(quantity), null)),
            BigDecimal.ZERO,
            null);
    return new OrderRouted(orderId, "d-" + orderId, context, decision, PROVENANCE, at(millis));
  }

  private static VenueQuote quote(Venue venue, Side side, String best) {
    BigDecimal price = new BigDecimal(best);
    return new VenueQuote(
        venue,
        BookState.SYNCED,
        7L,
        null,
        T0,
        0L,
        side == Side.SELL ? price : null,
        side == Side.BUY ? price : null,
        null,
        List.of(),
        BigDecimal.ONE,
        BigDecimal.ONE,
        10,
        10,
        1,
        1,
        0,
        0,
        1,
        null);
  }

  private static RoutingDecision.Candidate candidate(Venue venue) {
    return new RoutingDecision.Candidate(
        venue, true, null, BigDecimal.ONE, BigDecimal.ONE, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1);
  }

  static OrderFilled filled(
      String orderId,
      int number,
      Side side,
      Venue venue,
      String quantity,
      String price,
      String fee,
      String remaining,
      long millis) {
    BigDecimal at = new BigDecimal(price);
    return new OrderFilled(
        orderId,
        orderId + ":0:" + number,
        "d-" + orderId,
        "alpha",
        0,
        venue,
        BTC,
        side,
        new BigDecimal(quantity),
        at,
        List.of(new FilledLevel(at, new BigDecimal(quantity))),
        new BigDecimal(fee),
        10,
        Liquidity.TAKER,
        7L,
        new BigDecimal("100"),
        new BigDecimal("100"),
        millis % 1_000,
        new BigDecimal(remaining),
        account("0", "0", "0", "0"),
        List.of(),
        at(millis));
  }

  private static FillMarkedOut marked(
      String orderId, int number, Venue venue, int seconds, @Nullable String mid, long millis) {
    return new FillMarkedOut(
        orderId,
        orderId + ":0:" + number,
        venue,
        BTC,
        seconds,
        mid == null ? null : new BigDecimal(mid),
        at(millis));
  }

  static LegReview leg(
      Venue venue, String sent, String filled, @Nullable Boolean won, @Nullable Long millis) {
    return new LegReview(
        0, venue, new BigDecimal(sent), new BigDecimal(filled), null, List.of(), won, millis);
  }

  /**
   * @param mids at the decision, at the first arrival, at the end
   */
  static OrderReviewed reviewed(
      String orderId,
      Side side,
      String quantity,
      String filled,
      @Nullable String price,
      String fees,
      @Nullable String decision,
      @Nullable String arrival,
      @Nullable String terminal,
      LegReview leg,
      long millis) {
    List<@Nullable BigDecimal> numbers =
        Arrays.asList(price, decision, arrival, terminal).stream()
            .<@Nullable BigDecimal>map(text -> text == null ? null : new BigDecimal(text))
            .toList();
    return new OrderReviewed(
        orderId,
        "d-" + orderId,
        "alpha",
        BTC,
        side,
        new BigDecimal(quantity),
        new BigDecimal(filled),
        numbers.get(0),
        new BigDecimal(fees),
        numbers.get(1),
        numbers.get(2),
        numbers.get(3),
        List.of(leg),
        null,
        at(millis));
  }
}
