package dev.papertape.command.engine;

import dev.papertape.command.audit.ProvenanceHashes;
import dev.papertape.command.engine.DeterministicIds.Kind;
import dev.papertape.command.execution.ExecutionDesk;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.command.features.WindowInput;
import dev.papertape.command.guards.GuardInputs;
import dev.papertape.command.guards.GuardInputs.DoubtedWindow;
import dev.papertape.command.guards.GuardVerdict;
import dev.papertape.command.guards.MarketViews;
import dev.papertape.command.guards.OrderRate;
import dev.papertape.command.guards.PreTradeGuards;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.router.CommonMid;
import dev.papertape.command.router.Router;
import dev.papertape.command.router.RoutingContexts;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.quality.StreamState;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An order's first moment: accepted, then blocked by a guard, or routed, or found unroutable. Owned
 * by the engine's thread; the rules stand in their contexts.
 */
final class OrderEntry {
  private final EngineSettings settings;
  private final MarketState market;
  private final Portfolio portfolio;
  private final ExecutionDesk desk;
  private final VenueWatch venues;
  private final RoutingContexts contexts;
  private final ProvenanceHashes provenance;
  private final DeterministicIds ids;
  private final FactBatch facts;
  private final OrderRate rate = new OrderRate();
  private TradingState tradingState;
  private long orders;

  OrderEntry(
      EngineSettings settings,
      MarketState market,
      Portfolio portfolio,
      ExecutionDesk desk,
      VenueWatch venues,
      ProvenanceHashes provenance,
      DeterministicIds ids,
      FactBatch facts,
      TradingState tradingState) {
    this.settings = settings;
    this.market = market;
    this.portfolio = portfolio;
    this.desk = desk;
    this.venues = venues;
    this.contexts =
        new RoutingContexts(
            settings.policy(), settings.release(), venues::conditions, venues::topLevelsHash);
    this.provenance = provenance;
    this.ids = ids;
    this.facts = facts;
    this.tradingState = tradingState;
  }

  void enter(TradingState state) {
    tradingState = state;
  }

  /** The id of the next order that is placed. */
  String nextOrderId() {
    return ids.text(Kind.ORDER, orders);
  }

  /**
   * Decides one order.
   *
   * @param source {@code mailbox} or {@code alpha:<id>}
   * @return its id
   */
  String place(
      OrderIntent intent,
      String source,
      List<FeatureWindow> windows,
      Map<String, String> origin,
      long frame,
      Instant feedTime) {
    String orderId = nextOrderId();
    String decisionId = ids.text(Kind.DECISION, orders);
    orders++;
    facts.remember(orderId, origin);
    OrderAccepted accepted = new OrderAccepted(orderId, intent, source, frame, windows, feedTime);
    facts.add(accepted);
    desk.accepted(accepted);
    List<BookView> books = market.books(intent.symbol());
    RoutingContext context = context(intent, books, frame, feedTime);
    GuardVerdict verdict = guards(intent, windows, books, feedTime);
    switch (verdict) {
      case GuardVerdict.Blocked blocked ->
          block(orderId, decisionId, windows, context, blocked, feedTime);
      case GuardVerdict.Passed _ -> {
        rate.passed(feedTime);
        route(orderId, decisionId, windows, context, feedTime);
      }
    }
    return orderId;
  }

  private RoutingContext context(
      OrderIntent intent, List<BookView> books, long frame, Instant feedTime) {
    return contexts.of(
        intent,
        books,
        new RoutingContexts.Moment(
            frame,
            feedTime,
            portfolio.quantity(intent.symbol()),
            portfolio.cash(),
            tradingState,
            venues.volatility1sBps(intent.symbol())));
  }

  /** The windows whose streams may not be traded on now. */
  private List<DoubtedWindow> doubted(
      Symbol symbol, List<FeatureWindow> windows, Instant feedTime) {
    List<DoubtedWindow> doubted = new ArrayList<>();
    for (FeatureWindow window : windows) {
      WindowInput.of(window)
          .ifPresent(
              input -> {
                StreamState state =
                    market.streamState(input.venue(), symbol, input.channel(), feedTime);
                if (!state.mayTrade()) {
                  doubted.add(new DoubtedWindow(window.feature(), input.channel(), state));
                }
              });
    }
    return doubted;
  }

  private GuardVerdict guards(
      OrderIntent intent, List<FeatureWindow> windows, List<BookView> books, Instant feedTime) {
    BigDecimal mid = CommonMid.of(books, feedTime, settings.policy().maxAgeMs());
    GuardInputs inputs =
        new GuardInputs(
            tradingState,
            portfolio.quantity(intent.symbol()),
            portfolio.grossExposureWithout(intent.symbol(), symbol -> mid(symbol, feedTime)),
            MarketViews.of(books, mid, feedTime),
            rate.inLastSecond(feedTime),
            doubted(intent.symbol(), windows, feedTime));
    return PreTradeGuards.check(intent, inputs, settings.limits());
  }

  private @Nullable BigDecimal mid(Symbol symbol, Instant feedTime) {
    return CommonMid.of(market.books(symbol), feedTime, settings.policy().maxAgeMs());
  }

  private void block(
      String orderId,
      String decisionId,
      List<FeatureWindow> windows,
      RoutingContext context,
      GuardVerdict.Blocked blocked,
      Instant feedTime) {
    OrderBlocked event =
        new OrderBlocked(
            orderId,
            context.intent(),
            blocked.reason().name(),
            blocked.detail(),
            blocked.inputs(),
            provenance.of(
                windows,
                decisionId,
                blocked.inputs(),
                Map.of("detail", blocked.detail(), "reason", blocked.reason().name())),
            feedTime);
    facts.add(event);
    desk.blocked(event);
    facts.forget(orderId);
  }

  private void route(
      String orderId,
      String decisionId,
      List<FeatureWindow> windows,
      RoutingContext context,
      Instant feedTime) {
    RoutingDecision decision = Router.decide(context, settings.policy());
    var hashes = provenance.of(windows, decisionId, context, decision);
    RouterEvent event =
        decision.legs().isEmpty()
            ? new RouterEvent.OrderUnroutable(
                orderId, decisionId, context, decision, hashes, feedTime)
            : new RouterEvent.OrderRouted(orderId, decisionId, context, decision, hashes, feedTime);
    facts.add(event);
    desk.routed(event);
    if (decision.legs().isEmpty()) {
      facts.forget(orderId);
    }
  }
}
