package dev.papertape.command.execution;

import static dev.papertape.command.fixtures.TestVenue.BTC;
import static dev.papertape.command.fixtures.TestVenue.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.command.market.BookSide;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PositionClosed;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What holds for every account and every order, over random trading. */
class AccountPropertiesTest {
  private static final Symbol ETH = new Symbol("ETH-USDT-PERP");

  @Property(tries = 300)
  void realisedAndUnrealisedLessFeesAreTheChangeOfEquityToTheLastDigit(@ForAll long seed) {
    Random random = new Random(seed);
    Portfolio portfolio = new Portfolio(new BigDecimal("1000000.00"));
    for (int i = 0; i < 40; i++) {
      portfolio.fill(
          random.nextBoolean() ? BTC : ETH,
          random.nextBoolean() ? Side.BUY : Side.SELL,
          List.of(level(random), level(random)),
          BigDecimal.valueOf(random.nextInt(1_000) - 100, 5),
          NOON);
      PortfolioMarked marked =
          portfolio.marked(_ -> BigDecimal.valueOf(1 + random.nextInt(9_999_999), 4), NOON);
      assertThat(marked.realizedPnl().add(marked.unrealizedPnl()).subtract(marked.fees()))
          .isEqualByComparingTo(marked.equity().subtract(portfolio.initialCash()));
    }
  }

  @Property(tries = 300)
  void theRoundsOfAPositionAddUpToItsRealisedProfit(@ForAll long seed) {
    Random random = new Random(seed);
    Portfolio portfolio = new Portfolio(BigDecimal.ZERO);
    BigDecimal rounds = BigDecimal.ZERO;
    BigDecimal roundFees = BigDecimal.ZERO;
    for (int i = 0; i < 40; i++) {
      PositionClosed closed =
          portfolio
              .fill(
                  BTC,
                  random.nextBoolean() ? Side.BUY : Side.SELL,
                  List.of(level(random)),
                  BigDecimal.valueOf(random.nextInt(1_000), 5),
                  NOON)
              .closed();
      if (closed != null) {
        rounds = rounds.add(closed.realizedPnl());
        roundFees = roundFees.add(closed.fees());
      }
    }
    BigDecimal position = portfolio.quantity(BTC);
    if (position.signum() != 0) {
      PositionClosed last =
          portfolio
              .fill(
                  BTC,
                  position.signum() > 0 ? Side.SELL : Side.BUY,
                  List.of(new FilledLevel(BigDecimal.TEN, position.abs())),
                  BigDecimal.ZERO,
                  NOON)
              .closed();
      assertThat(last).isNotNull();
      rounds = rounds.add(last.realizedPnl());
      roundFees = roundFees.add(last.fees());
    }
    PortfolioMarked flat = portfolio.marked(_ -> null, NOON);
    assertThat(rounds).isEqualByComparingTo(flat.realizedPnl());
    assertThat(roundFees).isEqualByComparingTo(flat.fees());
  }

  @Property(tries = 200)
  void theLogTellsTheAccountAndEveryOrder(@ForAll long seed) {
    DeskFixture desk = trade(new Random(seed));

    Portfolio folded =
        Portfolio.foldFrom(
            desk.events.stream()
                .filter(ExecutionEvent.class::isInstance)
                .map(ExecutionEvent.class::cast)
                .toList());
    assertThat(folded.marked(_ -> BigDecimal.TEN, NOON))
        .isEqualTo(desk.portfolio.marked(_ -> BigDecimal.TEN, NOON));

    for (int order = 0; order < 30; order++) {
      String orderId = "o" + order;
      LiveOrder told = LiveOrder.foldFrom(desk.stream(orderId));
      LiveOrder live = desk.desk.order(orderId);
      assertThat(told.status().isTerminal()).isEqualTo(live == null);
      if (live != null) {
        assertThat(told).isEqualTo(live);
      }
      assertThat(told.remaining()).isEqualByComparingTo(unfilled(desk, orderId, told));
      assertThat(told.status() == OrderStatus.FILLED).isEqualTo(told.remaining().signum() == 0);
    }
  }

  private static BigDecimal unfilled(DeskFixture desk, String orderId, LiveOrder order) {
    return desk.all(OrderFilled.class).stream()
        .filter(fill -> fill.orderId().equals(orderId))
        .map(OrderFilled::quantity)
        .reduce(order.intent().quantity(), BigDecimal::subtract);
  }

  /** Thirty orders of every kind while quotes move, trades print and books break. */
  private static DeskFixture trade(Random random) {
    TestVenue a = new TestVenue("A").fees(-0.5, 7.5).latency(20);
    TestVenue b = new TestVenue("B").fees(2, 10).latency(60).rules("0.010", "20");
    DeskFixture desk = new DeskFixture(a, b);
    Instant now = NOON;
    for (int order = 0; order < 30; order++) {
      for (TestVenue venue : desk.venues) {
        quote(venue, random);
        venue.receivedAt = now;
        desk.desk.bookChanged(venue, now, desk.events::add);
      }
      desk.print(cents(9_950 + random.nextInt(100)), "0.700", side(random));
      boolean limited = random.nextBoolean();
      desk.send(
          "o" + order,
          side(random),
          BigDecimal.valueOf(1 + random.nextInt(4_000), 3).toPlainString(),
          limited ? cents(9_950 + random.nextInt(100)) : null,
          limited && random.nextBoolean() ? TimeInForce.GTC : TimeInForce.IOC,
          now);
      now = now.plusMillis(random.nextInt(100));
      desk.tick(now);
      if (random.nextInt(4) == 0
          && desk.desk.cancel("o" + random.nextInt(order + 1), "r", 1, now)
              instanceof Cancellation.Done done) {
        desk.events.add(done.event());
      }
    }
    desk.tick(now.plusSeconds(1));
    return desk;
  }

  private static void quote(TestVenue venue, Random random) {
    int middle = 9_990 + random.nextInt(20);
    for (BookSide side : BookSide.values()) {
      for (int cents = 9_900; cents < 10_100; cents++) {
        venue.book.set(side, cents(cents), "0");
      }
    }
    for (int i = 1; i <= 3; i++) {
      venue.bid(cents(middle - 10 * i), "1.234").ask(cents(middle + 10 * i), "0.987");
    }
    venue.state = random.nextInt(6) == 0 ? BookState.RESYNCING : BookState.SYNCED;
  }

  private static Side side(Random random) {
    return random.nextBoolean() ? Side.BUY : Side.SELL;
  }

  private static String cents(int cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString();
  }

  private static FilledLevel level(Random random) {
    return new FilledLevel(
        BigDecimal.valueOf(1 + random.nextInt(9_999_999), 2),
        BigDecimal.valueOf(1 + random.nextInt(99_999), 5));
  }
}
