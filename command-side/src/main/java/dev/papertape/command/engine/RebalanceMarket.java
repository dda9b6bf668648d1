package dev.papertape.command.engine;

import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.execution.ExecutionDesk;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.router.CommonMid;
import dev.papertape.command.sizing.SizingInputs;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.report.ReturnMoments;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a rebalance looks at of market and account. Changes nothing. */
final class RebalanceMarket {
  private final MarketState market;
  private final VenueWatch venues;
  private final Portfolio portfolio;
  private final ExecutionDesk desk;
  private final Supplier<ReleasePolicy> policy;

  RebalanceMarket(
      MarketState market,
      VenueWatch venues,
      Portfolio portfolio,
      ExecutionDesk desk,
      Supplier<ReleasePolicy> policy) {
    this.market = market;
    this.venues = venues;
    this.portfolio = portfolio;
    this.desk = desk;
    this.policy = policy;
  }

  /** Common mid at the newest tick, null when no venue qualified. */
  @Nullable BigDecimal mid(Symbol symbol) {
    return venues.mid(symbol);
  }

  /** A multiple of it suits every venue, base units. */
  BigDecimal lot(Symbol symbol) {
    return venues.coarsestLot(symbol);
  }

  boolean isOpen(String orderId) {
    return desk.order(orderId) != null;
  }

  /** Whether every venue would take an order of it: a lot or more, and the largest minimum. */
  boolean isWorthAnOrder(Symbol symbol, BigDecimal quantity, BigDecimal mid) {
    return quantity.abs().compareTo(lot(symbol)) >= 0
        && quantity.abs().multiply(mid).compareTo(venues.minNotional(symbol)) >= 0;
  }

  /** Of the books that take part in the mid; null when there is none. */
  @Nullable CommonBook common(Symbol symbol, Instant feedTime) {
    List<? extends BookView> books =
        CommonMid.qualifying(market.books(symbol), feedTime, policy.get().router().maxAgeMs());
    return books.isEmpty() ? null : CommonBook.of(books);
  }

  SizingInputs inputs(
      Symbol symbol,
      BigDecimal mid,
      CommonBook common,
      @Nullable Double realizedVol,
      ReturnMoments bookReturns,
      Instant feedTime) {
    BigDecimal elsewhere = portfolio.grossExposureWithout(symbol, venues::mid);
    return new SizingInputs(
        portfolio.marked(venues::mid, feedTime).equity(),
        realizedVol,
        bookReturns,
        common.displayed().multiply(mid),
        policy.get().limits().maxExposure().subtract(elsewhere));
  }
}
