package dev.papertape.command.execution;

import static dev.papertape.command.fixtures.TestVenue.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.Liquidity;
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.BookState;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Resting orders: the queue, trades, quotes that cross, cancelling. */
class RestingOrdersTest {
  private final TestVenue venue =
      new TestVenue("A").fees(-1, 10).bid("99.00", "5").ask("101.00", "2");
  private final DeskFixture desk = new DeskFixture(venue);

  @Test
  void whatIsNotTakenOnArrivalRests() {
    desk.restBuy("o", "3", "101.00");

    assertThat(desk.all(OrderFilled.class)).hasSize(1);
    assertThat(desk.all(OrderExpired.class)).isEmpty();
    LiveOrder order = desk.desk.openOrders().iterator().next();
    assertThat(order.status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
    assertThat(order.remaining()).isEqualByComparingTo("1");
  }

  @Test
  void aTradeAtItsPriceFirstConsumesWhatWasDisplayedThere() {
    desk.restBuy("o", "3", "99.00");

    desk.print("99.00", "4", Side.SELL);
    assertThat(filled()).isEmpty();
    // 1 of the 5 is left in front: 1.5 − 1
    desk.print("99.00", "1.500", Side.SELL);
    assertThat(filled()).containsExactly("0.500");
    desk.print("99.00", "9", Side.SELL);
    assertThat(filled()).containsExactly("0.500", "2.500");
    assertThat(desk.desk.order("o")).isNull();
  }

  @Test
  void Bug_4_aTradeFillsNothingWhileTheBookIsNotInOrder() {
    desk.restBuy("o", "3", "99.00");
    for (BookState state : BookState.values()) {
      if (state != BookState.SYNCED) {
        venue.state = state;
        desk.print("0.06", "9", Side.SELL);
      }
    }
    assertThat(filled()).isEmpty();
    venue.state = BookState.SYNCED;
    desk.print("98.99", "0.001", Side.SELL);
    assertThat(filled()).containsExactly("3.000");
  }

  @Test
  void aMakerFillIsAtTheLimitWithTheMakersFee() {
    desk.restBuy("o", "3", "99.00");
    desk.print("98.99", "0.001", Side.SELL);

    OrderFilled fill = desk.all(OrderFilled.class).getFirst();
    assertThat(fill.levels())
        .containsExactly(new FilledLevel(new BigDecimal("99.00"), new BigDecimal("3.000")));
    assertThat(fill.liquidity()).isEqualTo(Liquidity.MAKER);
    // 297 · −1 bps
    assertThat(fill.fee()).isEqualTo("-0.0297");
    assertThat(fill.latencyMs()).isEqualTo(1_000);
  }

  @Test
  void aTradeThatTheBuyerStartedDoesNotReachABuyOrder() {
    desk.restBuy("o", "3", "99.00");
    desk.print("99.00", "50", Side.BUY);
    desk.print("99.01", "50", Side.SELL);
    assertThat(filled()).isEmpty();
  }

  @Test
  void aSellFillsWhenATradePrintsAboveIt() {
    desk.send("o", Side.SELL, "2", "101.00", TimeInForce.GTC, NOON);
    desk.tick(NOON);
    desk.print("101.00", "2", Side.BUY);
    assertThat(filled()).isEmpty();
    desk.print("101.01", "1", Side.BUY);
    assertThat(filled()).containsExactly("2.000");
  }

  @Test
  void ofTwoOrdersAtOnePriceTheEarlierOneGetsTheTrade() {
    desk.restBuy("first", "1", "99.50");
    desk.restBuy("second", "1", "99.50");

    desk.print("99.50", "1.400", Side.SELL);

    assertThat(desk.all(OrderFilled.class))
        .extracting(OrderFilled::orderId, fill -> fill.quantity().toPlainString())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("first", "1.000"),
            org.assertj.core.groups.Tuple.tuple("second", "0.400"));
  }

  @Test
  void withoutATradeFeedItFillsOnlyWhenTheOtherSideCrosses() {
    desk.restBuy("o", "3", "99.50");
    venue.ask("99.50", "1");
    change();
    assertThat(filled()).isEmpty();

    venue.ask("99.49", "1");
    change();
    change();
    // crossing quotes give what they display, once, at the order's own price
    assertThat(filled()).containsExactly("1.000");
    assertThat(desk.all(OrderFilled.class).getFirst().price()).isEqualTo("99.5");
  }

  @Test
  void aFinerScaleOfTheBookKeepsItsPriceAndItsPlace() {
    desk.restBuy("o", "3", "99.00");
    venue.book.rescale(4, 5);
    desk.print("99.0001", "50", Side.SELL);
    desk.print("99.00", "4", Side.SELL);
    assertThat(filled()).isEmpty();
    desk.print("99.00", "1.5", Side.SELL);
    assertThat(filled()).containsExactly("0.50000");
  }

  @Test
  void aVenueThatPrintsTradesIsNotJudgedByItsQuotes() {
    desk.restBuy("o", "3", "99.50");
    desk.print("101.00", "1", Side.BUY);
    venue.ask("99.49", "1");
    change();
    assertThat(filled()).isEmpty();
  }

  @Test
  void aRestingOrderIsCancelledOnce() {
    desk.restBuy("o", "3", "99.00");

    Cancellation done = desk.desk.cancel("o", "asked", 9, NOON);
    assertThat(done)
        .isEqualTo(
            new Cancellation.Done(new OrderCancelled("o", "asked", new BigDecimal("3"), 9, NOON)));
    assertThat(desk.desk.cancel("o", "asked", 9, NOON)).isEqualTo(new Cancellation.NotOpen());

    desk.print("98.00", "9", Side.SELL);
    assertThat(filled()).isEmpty();
  }

  @Test
  void aRestingOrderWhoseOtherLegExpiredEndsWithWhatNeverFilled() {
    TestVenue other = new TestVenue("B").bid("99.00", "5").ask("100.00", "1");
    DeskFixture two = new DeskFixture(venue, other);
    two.send("o", Side.BUY, "4", "100.00", TimeInForce.GTC, NOON);
    other.state = BookState.STALE;
    two.tick(NOON);
    assertThat(two.all(OrderExpired.class).getFirst().terminal()).isFalse();

    two.print("99.99", "1", Side.SELL);

    // 3 rested at A and filled; the 1 at B's stale book did not
    OrderExpired end = two.all(OrderExpired.class).getLast();
    assertThat(end.reason()).isEqualTo("UNFILLED_REMAINDER");
    assertThat(end.unfilled()).isEqualByComparingTo("1");
    assertThat(end.terminal()).isTrue();
  }

  @Test
  void anOrderOnItsWayIsNotCancelled() {
    venue.latency(50);
    desk.send("o", Side.BUY, "3", "99.00", TimeInForce.GTC, NOON);
    assertThat(desk.desk.cancel("o", "asked", 9, NOON))
        .isEqualTo(new Cancellation.NotResting(OrderStatus.WORKING));
  }

  @Test
  void ordersThatAnEarlierEngineLeftOpenExpire() {
    desk.restBuy("o", "3", "101.00");
    LiveOrder leftOpen = LiveOrder.foldFrom(desk.stream("o"));

    DeskFixture restarted = new DeskFixture(venue);
    restarted.desk.expireLeftOpen(List.of(leftOpen), NOON.plusSeconds(5), restarted.events::add);

    OrderExpired expired = restarted.all(OrderExpired.class).getFirst();
    assertThat(expired.reason()).isEqualTo("ENGINE_RESTARTED");
    assertThat(expired.unfilled()).isEqualByComparingTo("1");
    assertThat(leftOpen.after(expired).status()).isEqualTo(OrderStatus.EXPIRED);
  }

  private void change() {
    desk.desk.bookChanged(venue, NOON.plusSeconds(1), desk.events::add);
  }

  private List<String> filled() {
    return desk.all(OrderFilled.class).stream()
        .map(fill -> fill.quantity().toPlainString())
        .toList();
  }
}
