package dev.papertape.command.engine;

import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.command.features.WindowInput;
import dev.papertape.command.guards.GuardInputs;
import dev.papertape.command.guards.GuardInputs.DoubtedWindow;
import dev.papertape.command.guards.GuardVerdict;
import dev.papertape.command.guards.GuardWatch;
import dev.papertape.command.guards.MarketViews;
import dev.papertape.command.guards.PreTradeGuards;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.router.CommonMid;
import dev.papertape.command.router.Router;
import dev.papertape.command.router.RoutingContexts;
import dev.papertape.contracts.alpha.FeatureWindow;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.quality.StreamState;
import dev.papertape.contracts.regime.Regime;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What one release makes of an intent now: guards and routing under its policy alone. Reads the
 * books and the account and changes nothing, so the other arm's release can be asked about the same
 * inputs.
 */
final class OrderEvaluation {
  private final MarketState market;
  private final Portfolio portfolio;
  private final VenueWatch venues;
  private final Function<Symbol, @Nullable Regime> regimes;
  private final GuardWatch guards;

  /**
   * @param regimes what was told last of a symbol, null for nothing
   */
  OrderEvaluation(
      MarketState market,
      Portfolio portfolio,
      VenueWatch venues,
      Function<Symbol, @Nullable Regime> regimes,
      GuardWatch guards) {
    this.regimes = regimes;
    this.guards = guards;
    this.market = market;
    this.portfolio = portfolio;
    this.venues = venues;
  }

  /**
   * What is the same for every release.
   *
   * @param doubted windows that led to the intent and whose streams may not be traded on now
   */
  record Moment(long frame, Instant feedTime, List<DoubtedWindow> doubted) {}

  /**
   * What came of it.
   *
   * @param decision null when a guard blocked the order
   */
  record Outcome(
      ReleasePolicy policy,
      RoutingContext context,
      GuardVerdict verdict,
      @Nullable RoutingDecision decision) {

    /** The decision of an order that no guard blocked. */
    RoutingDecision decided() {
      if (decision == null) {
        throw new IllegalStateException("a guard blocked the order");
      }
      return decision;
    }
  }

  /** Those of the windows whose streams may not be traded on now. */
  List<DoubtedWindow> doubted(Symbol symbol, List<FeatureWindow> windows, Instant feedTime) {
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
    return List.copyOf(doubted);
  }

  Outcome under(ReleasePolicy policy, OrderIntent intent, Moment now) {
    List<BookView> books = market.books(intent.symbol());
    RoutingContext context = context(policy, intent, books, now);
    GuardVerdict verdict = verdict(policy, intent, books, now);
    RoutingDecision decision =
        switch (verdict) {
          case GuardVerdict.Blocked _ -> null;
          case GuardVerdict.Passed _ -> Router.decide(context, policy.router());
        };
    return new Outcome(policy, context, verdict, decision);
  }

  private RoutingContext context(
      ReleasePolicy policy, OrderIntent intent, List<BookView> books, Moment now) {
    return new RoutingContexts(
            policy.router(), policy.release(), venues::conditions, venues::topLevelsHash)
        .of(
            intent,
            books,
            new RoutingContexts.Moment(
                now.frame(),
                now.feedTime(),
                portfolio.quantity(intent.symbol()),
                portfolio.cash(),
                guards.tradingState(),
                venues.volatility1sBps(intent.symbol()),
                regimes.apply(intent.symbol())));
  }

  private GuardVerdict verdict(
      ReleasePolicy policy, OrderIntent intent, List<BookView> books, Moment now) {
    BigDecimal mid = CommonMid.of(books, now.feedTime(), policy.router().maxAgeMs());
    GuardInputs inputs =
        new GuardInputs(
            guards.operatorState(),
            portfolio.quantity(intent.symbol()),
            portfolio.grossExposureWithout(
                intent.symbol(), symbol -> mid(policy, symbol, now.feedTime())),
            MarketViews.of(books, mid, now.feedTime()),
            guards.ordersInLastSecond(now.feedTime()),
            now.doubted(),
            guards.standing(books));
    return PreTradeGuards.check(intent, inputs, guards.limits(policy.limits()));
  }

  private @Nullable BigDecimal mid(ReleasePolicy policy, Symbol symbol, Instant feedTime) {
    return CommonMid.of(market.books(symbol), feedTime, policy.router().maxAgeMs());
  }
}
