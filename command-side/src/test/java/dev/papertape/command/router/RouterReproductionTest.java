package dev.papertape.command.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.command.market.BookSide;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import dev.papertape.contracts.router.VenueQuote;
import dev.papertape.contracts.router.VenueQuote.QuotedLevel;
import dev.papertape.eventstore.json.CanonicalJson;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What the audit relies on, over random markets and orders. */
class RouterReproductionTest {
  private static final CanonicalJson JSON = new CanonicalJson();

  /** A market, an order and the decision; a seed tells all of it. */
  private record Case(RoutingFixture fixture, OrderIntent intent, TestVenue[] venues) {
    RoutingContext context() {
      return fixture.context(intent, venues);
    }
  }

  @Property(tries = 500)
  void theRecordedContextGivesTheSameDecision(@ForAll("cases") Case given) {
    RoutingContext live = given.context();
    RoutingDecision decision = Router.decide(live, given.fixture.policy);

    RoutingContext recorded = JSON.read(JSON.write(live), RoutingContext.class);

    assertThat(recorded).isEqualTo(live);
    assertThat(Router.decide(recorded, given.fixture.policy)).isEqualTo(decision);
  }

  @Property(tries = 500)
  void levelsBeyondTheRecordedPrefixChangeNothing(@ForAll("cases") Case given) {
    RoutingContext context = given.context();
    List<VenueQuote> whole = new ArrayList<>();
    for (int v = 0; v < given.venues.length; v++) {
      whole.add(withAllLevels(context.quotes().get(v), given.venues[v], given.intent.side()));
    }

    assertThat(Router.decide(RoutingFixture.withQuotes(context, whole), given.fixture.policy))
        .isEqualTo(Router.decide(context, given.fixture.policy));
  }

  @Property(tries = 500)
  void legsAddUpAndAreWholeLotsOfSyncedVenues(@ForAll("cases") Case given) {
    RoutingDecision decision = Router.decide(given.context(), given.fixture.policy);

    BigDecimal sum = decision.unroutedQuantity();
    for (RoutingDecision.Leg leg : decision.legs()) {
      sum = sum.add(leg.quantity());
      TestVenue venue =
          IntStream.range(0, given.venues.length)
              .mapToObj(v -> given.venues[v])
              .filter(v -> v.venue().equals(leg.venue()))
              .findFirst()
              .orElseThrow();
      assertThat(leg.quantity()).isPositive();
      assertThat(leg.quantity().remainder(venue.instrument().rules().lotSize())).isZero();
      assertThat(venue.state).isEqualTo(BookState.SYNCED);
    }
    assertThat(sum).isEqualByComparingTo(given.intent.quantity());
    assertThat(decision.unroutedQuantity().signum()).isNotNegative();
    assertThat(decision.reason() == null).isEqualTo(!decision.legs().isEmpty());
  }

  @Provide
  Arbitrary<Case> cases() {
    return Arbitraries.longs().map(RouterReproductionTest::caseOf);
  }

  private static Case caseOf(long seed) {
    Random random = new Random(seed);
    RoutingFixture fixture = new RoutingFixture();
    fixture.volatility1sBps = random.nextDouble() * 5;
    fixture.policy =
        new RouterPolicy(
            "p",
            2_000,
            1,
            0.8,
            random.nextBoolean() ? 100 : 1 + random.nextInt(100),
            250,
            QosWeights.DEFAULT,
            300_000);
    TestVenue[] venues = new TestVenue[1 + random.nextInt(4)];
    for (int v = 0; v < venues.length; v++) {
      venues[v] = venue(random, "V" + v);
      fixture.conditions.put(
          venues[v].venue(),
          new VenueConditions(
              random.nextInt(300),
              random.nextDouble(),
              random.nextDouble(),
              random.nextInt(3) / 2.0,
              null));
    }
    boolean hasLimit = random.nextInt(3) > 0;
    OrderIntent intent =
        new OrderIntent(
            TestVenue.BTC,
            random.nextBoolean() ? Side.BUY : Side.SELL,
            BigDecimal.valueOf(1 + random.nextInt(9_000), 3),
            hasLimit ? BigDecimal.valueOf(9_900 + random.nextInt(200), 2) : null,
            hasLimit && random.nextBoolean() ? TimeInForce.GTC : TimeInForce.IOC,
            "a",
            null);
    return new Case(fixture, intent, venues);
  }

  private static TestVenue venue(Random random, String name) {
    String[] lots = {"0.001", "0.001", "0.010", "0.500"};
    TestVenue venue =
        new TestVenue(name)
            .rules(lots[random.nextInt(lots.length)], random.nextBoolean() ? "0" : "50")
            .fees(0, random.nextInt(4) * 2.5);
    int middle = 10_000 + random.nextInt(20) - 10;
    for (int level = random.nextInt(8); level > 0; level--) {
      venue.book.set(BookSide.BID, price(middle - 1 - random.nextInt(30)), quantity(random));
    }
    for (int level = random.nextInt(8); level > 0; level--) {
      venue.book.set(BookSide.ASK, price(middle + random.nextInt(30)), quantity(random));
    }
    venue.state = random.nextInt(8) == 0 ? BookState.RESYNCING : BookState.SYNCED;
    return venue;
  }

  private static String price(int cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString();
  }

  private static String quantity(Random random) {
    return BigDecimal.valueOf(1 + random.nextInt(2_000), 3).toPlainString();
  }

  private static VenueQuote withAllLevels(VenueQuote quote, TestVenue venue, Side side) {
    BookSide taken = BookSide.takenBy(side);
    List<QuotedLevel> levels =
        IntStream.range(0, venue.book.levels(taken))
            .mapToObj(
                i ->
                    new QuotedLevel(
                        venue.book.scale().price(venue.book.price(taken, i)),
                        venue.book.scale().quantity(venue.book.quantity(taken, i))))
            .toList();
    return new VenueQuote(
        quote.venue(),
        quote.state(),
        quote.sequence(),
        quote.exchangeTime(),
        quote.receivedAt(),
        quote.ageMs(),
        quote.bestBid(),
        quote.bestAsk(),
        quote.topLevelsHash(),
        levels,
        quote.lotSize(),
        quote.minNotional(),
        quote.takerFeeBps(),
        quote.latencyP95Ms(),
        quote.volatility1sBps(),
        quote.fillProbability(),
        quote.adverseMoveBps(),
        quote.rejectRate(),
        quote.qos(),
        quote.closedBy());
  }
}
