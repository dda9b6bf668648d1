package dev.papertape.command.execution;

import static dev.papertape.command.fixtures.TestVenue.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.command.market.BookSide;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PositionClosed;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.Liquidity;
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.BookState;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Immediate orders: the way to the venue, fills, and why something did not fill. */
class ExecutionDeskTest {
  private final TestVenue a =
      new TestVenue("A")
          .fees(-1, 10)
          .latency(50)
          .bid("99.00", "5")
          .ask("101.00", "2")
          .ask("102.00", "2");
  private final TestVenue b = new TestVenue("B").latency(80).bid("99.00", "5").ask("103.00", "2");
  private final DeskFixture desk = new DeskFixture(a, b);

  @Test
  void aLegFillsAfterItsVenuesLatencyAndNotBefore() {
    buy("o", "1");
    desk.tick(NOON.plusMillis(49));
    assertThat(desk.all(OrderFilled.class)).isEmpty();

    desk.tick(NOON.plusMillis(100));

    OrderFilled fill = desk.all(OrderFilled.class).getFirst();
    assertThat(fill.feedTime()).isEqualTo(NOON.plusMillis(50));
    assertThat(fill.latencyMs()).isEqualTo(50);
    assertThat(desk.desk.order("o")).isNull();
  }

  @Test
  void aLegThatIsDueWithAnInputArrivesAfterIt() {
    buy("o", "1");
    desk.desk.beforeInputAt(NOON.plusMillis(50), desk.events::add);
    assertThat(desk.all(OrderFilled.class)).isEmpty();
    desk.desk.beforeInputAt(NOON.plusMillis(51), desk.events::add);
    assertThat(desk.all(OrderFilled.class)).hasSize(1);
  }

  @Test
  void aFillTakesTheBookAsItStandsOnArrival() {
    buy("o", "3");
    a.book.set(BookSide.ASK, "101.00", "1");
    desk.tick(NOON.plusMillis(50));

    OrderFilled fill = desk.all(OrderFilled.class).getFirst();
    assertThat(fill.levels()).containsExactly(level("101.00", "1.000"), level("102.00", "2.000"));
    // (101 + 204) / 3 = 101.666…
    assertThat(fill.price()).isEqualTo("101.666666666667");
    // 305 · 10 bps
    assertThat(fill.fee()).isEqualTo("0.305");
    assertThat(fill.feeBps()).isEqualTo(10);
    assertThat(fill.liquidity()).isEqualTo(Liquidity.TAKER);
    assertThat(fill.fillId()).isEqualTo("o:0:0");
    assertThat(fill.decisionId()).isEqualTo("d-o");
    assertThat(fill.bookSequence()).isEqualTo(7);
    // mids: A 100, B 101
    assertThat(fill.decisionMid()).isEqualTo("100.5");
    assertThat(fill.mid()).isEqualTo("100.5");
    assertThat(fill.remaining()).isZero();
    // 1000000 − 305 − 0.305
    assertThat(fill.account().cash()).isEqualTo("999694.695");
  }

  @Test
  void legsAtTwoVenuesFillOneAfterTheOther() {
    buy("o", "6");
    desk.tick(NOON.plusSeconds(1));

    assertThat(desk.all(OrderFilled.class))
        .extracting(
            fill -> fill.venue().name(),
            OrderFilled::fillId,
            fill -> fill.remaining().intValueExact())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("A", "o:0:0", 2),
            org.assertj.core.groups.Tuple.tuple("B", "o:1:1", 0));
    assertThat(LiveOrder.foldFrom(desk.stream("o")).status()).isEqualTo(OrderStatus.FILLED);
  }

  @Test
  void twoOrdersOnTheWayShareWhatIsDisplayed() {
    buy("first", "2");
    buy("second", "2");
    desk.tick(NOON.plusMillis(50));

    assertThat(desk.all(OrderFilled.class))
        .extracting(OrderFilled::levels)
        .containsExactly(List.of(level("101.00", "2.000")), List.of(level("102.00", "2.000")));
  }

  @Test
  void whatAnImmediateOrderCannotTakeExpiresWithItsReason() {
    desk.send("o", Side.BUY, "2", "101.00", TimeInForce.IOC, NOON);
    a.book.set(BookSide.ASK, "101.00", "0.500");
    desk.tick(NOON.plusMillis(50));

    OrderExpired expired = desk.all(OrderExpired.class).getFirst();
    assertThat(expired.reason()).isEqualTo("IOC_REMAINDER");
    assertThat(expired.unfilled()).isEqualByComparingTo("1.5");
    assertThat(expired.terminal()).isTrue();
    assertThat(expired.detail()).isNotBlank();
    assertThat(LiveOrder.foldFrom(desk.stream("o")).status()).isEqualTo(OrderStatus.EXPIRED);
  }

  @Test
  void aBookThatBrokeOnTheWayFillsNothing() {
    buy("o", "1");
    a.state = BookState.RESYNCING;
    desk.tick(NOON.plusMillis(50));

    assertThat(desk.all(OrderFilled.class)).isEmpty();
    OrderExpired expired = desk.all(OrderExpired.class).getFirst();
    assertThat(expired.reason()).isEqualTo("BOOK_NOT_SYNCED");
    assertThat(expired.terminal()).isTrue();
  }

  @Test
  void anExpiredLegDoesNotEndAnOrderWhoseOtherLegIsOnItsWay() {
    buy("o", "6");
    a.state = BookState.STALE;
    desk.tick(NOON.plusMillis(50));
    assertThat(desk.all(OrderExpired.class).getFirst().terminal()).isFalse();
    assertThat(desk.desk.order("o")).isNotNull();

    desk.tick(NOON.plusMillis(80));

    // B's 2 fill; the order as a whole ends with the 4 that A did not fill
    OrderExpired end = desk.all(OrderExpired.class).getLast();
    assertThat(end.leg()).isNull();
    assertThat(end.terminal()).isTrue();
    assertThat(end.unfilled()).isEqualByComparingTo("4");
    assertThat(desk.desk.order("o")).isNull();
  }

  @Test
  void whatNoVenueShowedExpiresWhenTheLegsAreOver() {
    buy("o", "10");
    desk.tick(NOON.plusSeconds(1));

    OrderExpired end = desk.all(OrderExpired.class).getFirst();
    assertThat(end.unfilled()).isEqualByComparingTo("4");
    assertThat(end.terminal()).isTrue();
    assertThat(desk.all(OrderExpired.class)).hasSize(1);
  }

  @Test
  void aPositionThatGoesFlatIsReportedAfterItsFill() {
    buy("in", "1");
    desk.tick(NOON.plusMillis(50));
    desk.send("out", Side.SELL, "1", null, TimeInForce.IOC, NOON.plusSeconds(1));
    desk.tick(NOON.plusSeconds(2));

    assertThat(desk.events.getLast()).isInstanceOf(PositionClosed.class);
    // 99 − 101
    assertThat(desk.all(PositionClosed.class).getFirst().realizedPnl()).isEqualTo("-2");
  }

  @Test
  void reportsHowEachLegFared() {
    buy("o", "6");
    b.state = BookState.STALE;
    desk.tick(NOON.plusSeconds(1));

    assertThat(desk.legEnds)
        .containsExactly(
            new LegEnd(
                a.venue(),
                new BigDecimal("4.000"),
                new BigDecimal("4.000"),
                50L,
                NOON.plusMillis(50)),
            new LegEnd(
                b.venue(), new BigDecimal("2.000"), BigDecimal.ZERO, null, NOON.plusMillis(80)));
  }

  @Test
  void anUnroutableOrderIsOver() {
    desk.send("o", Side.BUY, "1", "50.00", TimeInForce.IOC, NOON);
    assertThat(desk.desk.order("o")).isNull();
    assertThat(LiveOrder.foldFrom(desk.stream("o")).status()).isEqualTo(OrderStatus.UNROUTABLE);
  }

  @Test
  void anOrderIsAcceptedOnce() {
    buy("o", "1");
    assertThatThrownBy(() -> buy("o", "1"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("accepted twice");
  }

  private void buy(String orderId, String quantity) {
    desk.send(orderId, Side.BUY, quantity, null, TimeInForce.IOC, NOON);
  }

  private static FilledLevel level(String price, String quantity) {
    return new FilledLevel(new BigDecimal(price), new BigDecimal(quantity));
  }
}
