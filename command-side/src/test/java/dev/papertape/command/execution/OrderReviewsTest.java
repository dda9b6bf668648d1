package dev.papertape.command.execution;

import static dev.papertape.command.fixtures.TestVenue.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.papertape.command.fixtures.TestVenue;
import dev.papertape.command.market.BookSide;
import dev.papertape.contracts.execution.ExecutionEvent.FillMarkedOut;
import dev.papertape.contracts.execution.ExecutionEvent.OrderReviewed;
import dev.papertape.contracts.execution.LegReview;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.BookState;
import java.math.BigDecimal;
import java.time.Instant;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is told of fills and orders in hindsight; every figure is worked by hand. */
class OrderReviewsTest {
  private static final Offset<Double> TINY = within(1e-9);

  /** Mid 100, taker fee 10 bps; asks 101 · 2, 102 · 2. */
  private final TestVenue a =
      new TestVenue("A")
          .fees(-1, 10)
          .latency(50)
          .bid("99.00", "5")
          .ask("101.00", "2")
          .ask("102.00", "2");

  /** Mid 100, no fee; asks 101.50 · 4: dearer by price for 1, and once the fee is on it too. */
  private final TestVenue b = new TestVenue("B").latency(80).bid("98.50", "5").ask("101.50", "4");

  private final DeskFixture desk = new DeskFixture(a, b);

  @Test
  void an_order_is_reviewed_once_it_is_over_and_its_alternative_was_looked_at() {
    desk.send("o", Side.BUY, "1", null, TimeInForce.IOC, NOON);
    // Filled at A after 50 ms; B's book is looked at after 80 ms.
    tick(NOON.plusMillis(60), null);
    assertThat(desk.all(OrderReviewed.class)).isEmpty();
    b.book.set(BookSide.ASK, "101.00", "1");

    tick(NOON.plusMillis(100), null);

    OrderReviewed review = desk.all(OrderReviewed.class).getFirst();
    assertThat(review.decisionId()).isEqualTo("d-o");
    assertThat(review.filled()).isEqualByComparingTo("1");
    assertThat(review.averagePrice()).isEqualByComparingTo("101");
    assertThat(review.fees()).isEqualByComparingTo("0.101");
    assertThat(review.decisionMid()).isEqualByComparingTo("100");
    assertThat(review.arrivalMid()).isEqualByComparingTo("100");
    assertThat(review.feedTime()).isEqualTo(NOON.plusMillis(100));
    LegReview leg = review.legs().getFirst();
    // ((101 − 100) + 0.101) / 100 = 110.1 bps; at B (101 − 100) / 100 = 100 bps
    assertThat(leg.allInBps()).isCloseTo(110.1, TINY);
    assertThat(leg.alternatives()).containsExactly(new LegReview.Alternative(b.venue(), 100.0));
    assertThat(leg.won()).isFalse();
    assertThat(leg.timeToFillMs()).isEqualTo(50);
    assertThat(review.regretBps()).isCloseTo(10.1, TINY);
  }

  @Test
  void a_leg_that_was_no_dearer_than_elsewhere_won_and_regrets_nothing() {
    desk.send("o", Side.BUY, "1", null, TimeInForce.IOC, NOON);
    tick(NOON.plusMillis(100), null);

    OrderReviewed review = desk.all(OrderReviewed.class).getFirst();
    // 110.1 bps at A, 150 at B
    assertThat(review.legs().getFirst().won()).isTrue();
    assertThat(review.regretBps()).isZero();
  }

  @Test
  void the_alternative_is_asked_for_the_quantity_that_the_leg_filled_after_its_own_legs_there() {
    // With the fee A's levels cost 101.101 and 102.102: 2 go to A, 3 to B.
    desk.send("o", Side.BUY, "5", null, TimeInForce.IOC, NOON);
    tick(NOON.plusMillis(100), null);

    OrderReviewed review = desk.all(OrderReviewed.class).getFirst();
    LegReview atB = review.legs().getFirst();
    LegReview atA = review.legs().getLast();
    assertThat(atB.venue()).isEqualTo(b.venue());
    // A had 4 at 50 ms; 2 of them the order itself had taken there, 2 at 102 are not enough for 3.
    assertThat(atB.alternatives().getFirst().allInBps()).isNull();
    assertThat(atB.won()).isNull();
    // B offers 4 − 3 = 1, not 2.
    assertThat(atA.alternatives().getFirst().allInBps()).isNull();
    assertThat(review.regretBps()).isNull();
    assertThat(review.averagePrice()).isEqualByComparingTo("101.3");
  }

  @Test
  void looking_takes_nothing() {
    desk.send("o", Side.BUY, "1", null, TimeInForce.IOC, NOON);
    tick(NOON.plusMillis(100), null);
    a.state = BookState.STALE;
    desk.send("p", Side.BUY, "4", null, TimeInForce.IOC, NOON.plusMillis(100));
    tick(NOON.plusMillis(200), null);

    assertThat(desk.all(OrderReviewed.class).getLast().filled()).isEqualByComparingTo("4");
  }

  @Test
  void an_alternative_beyond_the_orders_limit_is_none() {
    desk.send("o", Side.BUY, "1", "101.20", TimeInForce.GTC, NOON);
    tick(NOON.plusMillis(100), null);

    LegReview leg = desk.all(OrderReviewed.class).getFirst().legs().getFirst();
    assertThat(leg.alternatives()).allSatisfy(other -> assertThat(other.allInBps()).isNull());
    assertThat(leg.won()).isNull();
  }

  @Test
  void an_order_that_fills_nothing_is_reviewed_with_its_mids_alone() {
    desk.send("o", Side.BUY, "1", null, TimeInForce.IOC, NOON);
    a.state = BookState.RESYNCING;
    tick(NOON.plusMillis(100), null);

    OrderReviewed review = desk.all(OrderReviewed.class).getFirst();
    assertThat(review.filled()).isZero();
    assertThat(review.averagePrice()).isNull();
    assertThat(review.regretBps()).isNull();
    assertThat(review.legs().getFirst().won()).isNull();
    // B alone is in order then: (98.50 + 101.50) / 2
    assertThat(review.terminalMid()).isEqualByComparingTo("100");
  }

  @Test
  void a_fill_is_marked_at_the_first_tick_one_ten_and_sixty_seconds_later() {
    desk.send("o", Side.BUY, "1", null, TimeInForce.IOC, NOON);
    tick(NOON.plusMillis(100), "1");
    tick(NOON.plusMillis(1_000), "2");
    assertThat(desk.all(FillMarkedOut.class)).isEmpty();
    tick(NOON.plusMillis(1_100), "3");
    tick(NOON.plusMillis(10_100), null);
    tick(NOON.plusMillis(60_100), "5");
    tick(NOON.plusMillis(70_100), "6");

    assertThat(desk.all(FillMarkedOut.class))
        .extracting(FillMarkedOut::seconds, FillMarkedOut::mid, FillMarkedOut::fillId)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, new BigDecimal("3"), "o:0:0"),
            org.assertj.core.groups.Tuple.tuple(10, null, "o:0:0"),
            org.assertj.core.groups.Tuple.tuple(60, new BigDecimal("5"), "o:0:0"));
  }

  @Test
  void a_cancelled_order_is_reviewed_too() {
    desk.send("o", Side.BUY, "1", "98.00", TimeInForce.GTC, NOON);
    tick(NOON.plusMillis(100), null);
    assertThat(desk.all(OrderReviewed.class)).isEmpty();

    desk.desk.cancel("o", "changed my mind", 1, NOON.plusSeconds(5));
    tick(NOON.plusSeconds(6), null);

    OrderReviewed review = desk.all(OrderReviewed.class).getFirst();
    assertThat(review.quantity()).isEqualByComparingTo("1");
    assertThat(review.filled()).isZero();
  }

  @Test
  void what_was_never_routed_is_not_reviewed() {
    desk.send("o", Side.BUY, "1", "50.00", TimeInForce.IOC, NOON);
    tick(NOON.plusSeconds(1), null);
    assertThat(desk.all(OrderReviewed.class)).isEmpty();
  }

  private void tick(Instant at, @Nullable String mid) {
    desk.tick(at);
    desk.desk.review(at, _ -> mid == null ? null : new BigDecimal(mid), desk.events::add);
  }
}
