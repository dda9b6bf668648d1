package dev.papertape.query.report;

import static dev.papertape.query.SampleEvents.BINANCE;
import static dev.papertape.query.SampleEvents.BTC;
import static dev.papertape.query.SampleEvents.KRAKEN;
import static dev.papertape.query.SampleEvents.account;
import static dev.papertape.query.SampleEvents.at;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSignal;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.execution.ExecutionEvent.AlphasCrossed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.FillShare;
import dev.papertape.contracts.execution.Liquidity;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.SymbolMark;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.math.BigDecimal;
import java.util.List;
import java.util.TreeMap;

/**
 * Two alphas and a person at two venues, worked by hand in {@link ReportRollupsTest}. One symbol,
 * mids 100, 102, 101.
 */
final class WorkedDay {
  private WorkedDay() {}

  static List<DomainEvent> events() {
    return List.of(
        registered("momentum"),
        registered("reversion"),
        venue(BINANCE, 9),
        venue(KRAKEN, 14),
        new PortfolioReset("USDT", number("1000000"), "first start", 0, at(0)),
        marked(1, "1000000", "100"),
        combined(2, "100", "10000", "5000", 1.0, -0.5),
        new AlphasCrossed(
            "rebalance-2",
            BTC,
            number("100"),
            List.of(
                new AlphasCrossed.Transfer("momentum", number("20")),
                new AlphasCrossed.Transfer("reversion", number("-20"))),
            at(2)),
        filled(3, "f-1", BINANCE, Side.BUY, "momentum", "25", "100.2", "2.2545"),
        filled(3, "f-2", KRAKEN, Side.BUY, "momentum", "10", "100.4", "1.4056"),
        filled(4, "f-3", KRAKEN, Side.BUY, "_manual", "2", "101", "0.2828"),
        marked(5, "1000059.0571", "102"),
        combined(65, "102", "10200", "5100", 0.0, -0.5),
        filled(66, "f-4", BINANCE, Side.SELL, "momentum", "55", "101.9", "5.04405"),
        marked(70, "1000066.51305", "101"));
  }

  static AlphaRegistered registered(String alphaId) {
    return new AlphaRegistered(
        alphaId,
        alphaId,
        AlphaKind.EXTERNAL,
        new TreeMap<>(),
        List.of(BTC),
        List.of(),
        1,
        AlphaStage.ACTIVE,
        null,
        "configuration");
  }

  private static VenueRegistered venue(Venue venue, double takerBps) {
    return new VenueRegistered(
        venue,
        VenueKind.SIMULATED,
        List.of(),
        List.of(),
        new VenueFees(0, takerBps),
        new VenueLatency(1, 1, 1),
        List.of("L2"),
        IntegrityScheme.SEQUENCE,
        at(0));
  }

  static PortfolioMarked marked(long second, String equity, String mid) {
    return new PortfolioMarked(
        "USDT",
        BigDecimal.ZERO,
        number(equity),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        List.of(),
        List.of(new SymbolMark(BTC, number(mid))),
        at(second));
  }

  /** Momentum weighs 0.6, reversion 0.4; targets stand in the event but reports re-run the rule. */
  static SignalsCombined combined(
      long second, String mid, String unit, String cap, double momentum, double reversion) {
    return new SignalsCombined(
        "rebalance-" + second,
        BTC,
        number(mid),
        0.6 * momentum + 0.4 * reversion,
        number(unit),
        number(cap),
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        List.of(signal("momentum", momentum, 0.6), signal("reversion", reversion, 0.4)),
        null,
        1,
        at(second));
  }

  private static AlphaSignal signal(String alphaId, double value, double weight) {
    return new AlphaSignal(alphaId, value, weight, BigDecimal.ZERO, BigDecimal.ZERO);
  }

  static OrderFilled filled(
      long second,
      String fillId,
      Venue venue,
      Side side,
      String alphaId,
      String quantity,
      String price,
      String fee) {
    return new OrderFilled(
        "o-" + fillId,
        fillId,
        "d-" + fillId,
        alphaId,
        0,
        venue,
        BTC,
        side,
        number(quantity),
        number(price),
        List.of(),
        number(fee),
        0,
        Liquidity.TAKER,
        1L,
        null,
        number("100"),
        1,
        BigDecimal.ZERO,
        account("0", "0", "0", "0"),
        List.of(new FillShare(alphaId, number(quantity), number(fee))),
        at(second));
  }

  static BigDecimal number(String text) {
    return new BigDecimal(text);
  }
}
