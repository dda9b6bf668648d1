package dev.papertape.contracts.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.papertape.contracts.audit.Provenance;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import dev.papertape.contracts.router.RouterEvent.OrderUnroutable;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderViewTest {
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Venue BINANCE = new Venue("BINANCE");
  private static final Venue KRAKEN = new Venue("KRAKEN");
  private static final Instant T0 = Instant.parse("2024-08-08T00:00:00Z");
  private static final Provenance PROVENANCE = new Provenance("sha-256/jcs", "a", "b", "c", "d");
  private static final OrderIntent INTENT =
      new OrderIntent(
          BTC, Side.BUY, new BigDecimal("3"), null, TimeInForce.IOC, OrderIntent.MANUAL, "mine");

  private final OrderView accepted = OrderView.fold(null, accepted());
  private final OrderView routed = OrderView.fold(accepted, routed());

  @Test
  void an_accepted_order_shows_its_intent() {
    assertThat(accepted.status()).isEqualTo(OrderStatus.ACCEPTED);
    assertThat(accepted.quantity()).isEqualTo("3");
    assertThat(accepted.clientOrderId()).isEqualTo("mine");
    assertThat(accepted.acceptedAt()).isEqualTo(T0);
    assertThat(accepted.decisionId()).isNull();
  }

  @Test
  void a_routed_order_works_on_its_legs() {
    assertThat(routed.status()).isEqualTo(OrderStatus.WORKING);
    assertThat(routed.decisionId()).isEqualTo("d1");
    assertThat(routed.legs()).extracting(OrderLegView::venue).containsExactly(BINANCE, KRAKEN);
  }

  @Test
  void fills_add_up_to_a_quantity_weighted_average() {
    OrderView part = OrderView.fold(routed, filled("f1", 0, "2", "100", "1"));
    assertThat(part.status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
    OrderView whole = OrderView.fold(part, filled("f2", 1, "1", "103", "0"));
    // (2 · 100 + 1 · 103) / 3 = 101; fees 0.5 + 0.5; slippage of the second over mid 100: 300 bps
    assertThat(whole.status()).isEqualTo(OrderStatus.FILLED);
    assertThat(whole.averagePrice()).isEqualByComparingTo("101");
    assertThat(whole.filledQuantity()).isEqualByComparingTo("3");
    assertThat(whole.fees()).isEqualByComparingTo("1.0");
    assertThat(whole.fills().getLast().slippageBps()).isEqualTo(300.0);
    assertThat(whole.legs().getFirst().filledQuantity()).isEqualByComparingTo("2");
  }

  @Test
  void a_leg_that_expires_leaves_the_order_working_until_the_terminal_event() {
    OrderView part = OrderView.fold(routed, filled("f1", 0, "2", "100", "1"));
    OrderView legGone = OrderView.fold(part, expired(1, "BOOK_STALE", false));
    assertThat(legGone.status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
    assertThat(legGone.legs().get(1).expiredReason()).isEqualTo("BOOK_STALE");
    assertThat(legGone.legs().get(0).expiredReason()).isNull();
    OrderView over = OrderView.fold(legGone, expired(null, "IOC_REMAINDER", true));
    assertThat(over.status()).isEqualTo(OrderStatus.EXPIRED);
    assertThat(over.reason()).isEqualTo("IOC_REMAINDER");
    assertThat(over.filledQuantity()).isEqualByComparingTo("2");
  }

  @Test
  void a_blocked_order_says_which_guard_and_why() {
    OrderView blocked =
        OrderView.fold(
            accepted,
            new OrderBlocked(
                "o1", INTENT, "HALTED", "trading is halted", Map.of(), PROVENANCE, T0));
    assertThat(blocked.status()).isEqualTo(OrderStatus.BLOCKED);
    assertThat(blocked.blockedReason()).isEqualTo("HALTED");
    assertThat(blocked.detail()).isEqualTo("trading is halted");
  }

  @Test
  void an_unroutable_and_a_cancelled_order_say_why() {
    var decision = new RoutingDecision(List.of(), List.of(), INTENT.quantity(), "NO_VENUE");
    OrderView unroutable =
        OrderView.fold(
            accepted, new OrderUnroutable("o1", "d1", context(), decision, PROVENANCE, T0));
    assertThat(unroutable.status()).isEqualTo(OrderStatus.UNROUTABLE);
    assertThat(unroutable.reason()).isEqualTo("NO_VENUE");
    OrderView cancelled =
        OrderView.fold(routed, new OrderCancelled("o1", "USER", INTENT.quantity(), 9, T0));
    assertThat(cancelled.status()).isEqualTo(OrderStatus.CANCELLED);
    assertThat(cancelled.reason()).isEqualTo("USER");
  }

  @Test
  void a_stream_that_begins_with_a_fill_is_a_bug() {
    assertThatIllegalStateException()
        .isThrownBy(() -> OrderView.fold(null, filled("f1", 0, "1", "100", "2")))
        .withMessageContaining("o1");
  }

  private static OrderAccepted accepted() {
    return new OrderAccepted("o1", INTENT, "mailbox", 5, List.of(), List.of(), T0);
  }

  private static OrderRouted routed() {
    var legs =
        List.of(
            new RoutingDecision.Leg(BINANCE, new BigDecimal("2"), null),
            new RoutingDecision.Leg(KRAKEN, new BigDecimal("1"), null));
    var decision = new RoutingDecision(List.of(), legs, BigDecimal.ZERO, null);
    return new OrderRouted("o1", "d1", context(), decision, PROVENANCE, T0);
  }

  private static RoutingContext context() {
    return new RoutingContext(
        INTENT, 5, null, BigDecimal.ZERO, BigDecimal.ONE, "ACTIVE", "r", "p", List.of(), null);
  }

  private static OrderFilled filled(
      String fillId, int leg, String quantity, String price, String remaining) {
    var account =
        new AccountAfterFill(
            BigDecimal.ONE,
            BigDecimal.ONE,
            BigDecimal.ONE,
            BigDecimal.ZERO,
            BigDecimal.ZERO,
            BigDecimal.ONE);
    return new OrderFilled(
        "o1",
        fillId,
        "d1",
        OrderIntent.MANUAL,
        leg,
        leg == 0 ? BINANCE : KRAKEN,
        BTC,
        Side.BUY,
        new BigDecimal(quantity),
        new BigDecimal(price),
        List.of(),
        new BigDecimal("0.5"),
        10,
        Liquidity.TAKER,
        1L,
        null,
        new BigDecimal("100"),
        3,
        new BigDecimal(remaining),
        account,
        List.of(),
        T0);
  }

  private static OrderExpired expired(Integer leg, String reason, boolean terminal) {
    return new OrderExpired(
        "o1", leg, leg == null ? null : KRAKEN, reason, "why", BigDecimal.ONE, terminal, T0);
  }
}
