package dev.papertape.query;

import dev.papertape.contracts.audit.Provenance;
import dev.papertape.contracts.execution.AccountAfterFill;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.Liquidity;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.MarketEvent.VenueConnected;
import dev.papertape.contracts.market.MarketEvent.VenueDisconnected;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.MarketEvent.VenueScored;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.contracts.market.VenueQos;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import dev.papertape.contracts.router.RouterEvent.OrderUnroutable;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events with round numbers, for tests. */
public final class SampleEvents {
  public static final Symbol BTC = new Symbol("BTC-USDT");
  public static final Symbol ETH = new Symbol("ETH-USDT");
  public static final Venue BINANCE = new Venue("BINANCE");
  public static final Venue KRAKEN = new Venue("KRAKEN");
  public static final Instant T0 = Instant.parse("2024-08-08T00:00:00Z");
  public static final Provenance PROVENANCE =
      new Provenance(
          Provenance.ALGORITHM, "a".repeat(64), "b".repeat(64), "c".repeat(64), "d".repeat(64));

  private SampleEvents() {}

  /** T0 plus so many seconds. */
  public static Instant at(long seconds) {
    return T0.plusSeconds(seconds);
  }

  public static OrderIntent intent(Symbol symbol, String quantity, String alphaId) {
    return new OrderIntent(
        symbol, Side.BUY, new BigDecimal(quantity), null, TimeInForce.IOC, alphaId, null);
  }

  public static OrderAccepted accepted(String orderId, OrderIntent intent, Instant at) {
    return new OrderAccepted(orderId, intent, "mailbox", 1, List.of(), List.of(), at);
  }

  public static OrderBlocked blocked(String orderId, OrderIntent intent, Instant at) {
    return new OrderBlocked(
        orderId, intent, "HALTED", "trading is halted", Map.of("state", "HALTED"), PROVENANCE, at);
  }

  public static OrderRouted routed(String orderId, OrderIntent intent, Instant at) {
    var decision =
        new RoutingDecision(
            List.of(
                new RoutingDecision.Candidate(
                    BINANCE,
                    true,
                    null,
                    new BigDecimal("100.00"),
                    intent.quantity(),
                    0.5,
                    10.0,
                    0.1,
                    0.2,
                    0.0,
                    10.8,
                    0.99),
                new RoutingDecision.Candidate(
                    KRAKEN, false, "STALE", null, null, null, null, null, null, null, null, 0.5)),
            List.of(new RoutingDecision.Leg(BINANCE, intent.quantity(), null)),
            BigDecimal.ZERO,
            null);
    return new OrderRouted(orderId, "d-" + orderId, context(intent), decision, PROVENANCE, at);
  }

  public static OrderUnroutable unroutable(String orderId, OrderIntent intent, Instant at) {
    var decision = new RoutingDecision(List.of(), List.of(), intent.quantity(), "NO_VENUE");
    return new OrderUnroutable(orderId, "d-" + orderId, context(intent), decision, PROVENANCE, at);
  }

  /** A buy at BINANCE at price 101 against a mid of 100: 100 bps of slippage; fee 0.25. */
  public static OrderFilled filled(
      String orderId,
      OrderIntent intent,
      String quantity,
      String remaining,
      AccountAfterFill account,
      Instant at) {
    BigDecimal price = new BigDecimal("101.00");
    BigDecimal filled = new BigDecimal(quantity);
    return new OrderFilled(
        orderId,
        "f-" + orderId + "-" + remaining,
        "d-" + orderId,
        intent.alphaId(),
        0,
        BINANCE,
        intent.symbol(),
        intent.side(),
        filled,
        price,
        List.of(new FilledLevel(price, filled)),
        new BigDecimal("0.25"),
        10.0,
        Liquidity.TAKER,
        7L,
        new BigDecimal("102"),
        new BigDecimal("100"),
        12,
        new BigDecimal(remaining),
        account,
        List.of(),
        at);
  }

  public static AccountAfterFill account(
      String cash, String position, String realized, String fees) {
    return new AccountAfterFill(
        new BigDecimal(cash),
        new BigDecimal(position),
        new BigDecimal(position).signum() == 0 ? null : new BigDecimal("101"),
        BigDecimal.ZERO,
        new BigDecimal(realized),
        new BigDecimal(fees));
  }

  public static OrderExpired expired(String orderId, String unfilled, Instant at) {
    return new OrderExpired(
        orderId,
        0,
        BINANCE,
        "IOC_REMAINDER",
        "the rest of an IOC order",
        new BigDecimal(unfilled),
        true,
        at);
  }

  public static PortfolioReset reset(Instant at) {
    return new PortfolioReset("USDT", new BigDecimal("1000.00"), "first start", 0, at);
  }

  public static VenueRegistered registered(Venue venue, Instant at) {
    return new VenueRegistered(
        venue,
        VenueKind.SIMULATED,
        List.of("ws://127.0.0.1:1"),
        List.of(
            new InstrumentRules(
                BTC,
                "BTCUSDT",
                new BigDecimal("0.01"),
                new BigDecimal("0.00001"),
                new BigDecimal("5"))),
        new VenueFees(8, 10),
        new VenueLatency(5, 10, 5),
        List.of("L2"),
        IntegrityScheme.SEQUENCE,
        at);
  }

  public static VenueConnected connected(Venue venue, long reconnects, Instant at) {
    return new VenueConnected(venue, "ws://127.0.0.1:1", reconnects, at);
  }

  public static VenueDisconnected disconnected(Venue venue, Instant at) {
    return new VenueDisconnected(venue, "closed by peer", at);
  }

  public static VenueScored scored(Venue venue, double score, Instant at) {
    return new VenueScored(
        venue,
        score,
        new VenueQos(0.9, 1, 0.8, 0.1, 0, null, 3),
        BookState.SYNCED,
        List.of("STALE"),
        at);
  }

  private static RoutingContext context(OrderIntent intent) {
    return new RoutingContext(
        intent,
        1,
        new BigDecimal("100"),
        BigDecimal.ZERO,
        new BigDecimal("1000"),
        "ACTIVE",
        "r1",
        "policy-1",
        List.of(),
        null);
  }
}
