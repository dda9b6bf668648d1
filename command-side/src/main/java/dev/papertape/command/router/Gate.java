package dev.papertape.command.router;

import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.VenueQuote;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Why a venue may not take an order. The first that shuts, in the order below, is the reason. */
public enum Gate {
  HALTED,
  BREAKER_OPEN,
  BUDGET_EXHAUSTED,
  /** The venue's clock is far from its usual distance to ours. */
  CLOCK_SKEW,
  NOT_SYNCED,
  /** A statistical guard doubts the book. */
  SUSPECT,
  STALE,
  CROSSED,
  NO_LIQUIDITY,
  /** No venue has a mid to measure costs against. */
  NO_REFERENCE_MID,
  /** The quantity is no multiple of this venue's lot. */
  OFF_LOT,
  BELOW_MIN_NOTIONAL,
  /** The best displayed price is worse than an immediate order's limit. */
  LIMIT_NOT_REACHED;

  /** The first gate that is shut for this venue, null when it may take the order. */
  static @Nullable Gate shut(RoutingContext context, VenueQuote quote, RouterPolicy policy) {
    if (context.tradingState().equals(TradingState.HALTED.name())) {
      return HALTED;
    }
    if (quote.closedBy() != null) {
      return valueOf(quote.closedBy());
    }
    if (quote.state() != BookState.SYNCED) {
      return switch (quote.state()) {
        case STALE -> STALE;
        case SUSPECT -> SUSPECT;
        case SYNCED, RESYNCING, UNVERIFIABLE -> NOT_SYNCED;
      };
    }
    if (quote.ageMs() == null || quote.ageMs() > policy.maxAgeMs()) {
      return STALE;
    }
    if (quote.bestBid() != null
        && quote.bestAsk() != null
        && quote.bestBid().compareTo(quote.bestAsk()) > 0) {
      return CROSSED;
    }
    return shut(context.intent(), quote, context.refMid());
  }

  private static @Nullable Gate shut(
      OrderIntent intent, VenueQuote quote, @Nullable BigDecimal refMid) {
    BigDecimal best = intent.side() == Side.BUY ? quote.bestAsk() : quote.bestBid();
    if (best == null) {
      return NO_LIQUIDITY;
    }
    if (refMid == null) {
      return NO_REFERENCE_MID;
    }
    if (intent.quantity().remainder(quote.lotSize()).signum() != 0) {
      return OFF_LOT;
    }
    BigDecimal limit = intent.limitPrice();
    BigDecimal value = intent.quantity().multiply(limit == null ? best : limit);
    if (value.compareTo(quote.minNotional()) < 0) {
      return BELOW_MIN_NOTIONAL;
    }
    boolean worseThanLimit = limit != null && intent.side().sign() * best.compareTo(limit) > 0;
    return worseThanLimit && intent.timeInForce() == TimeInForce.IOC ? LIMIT_NOT_REACHED : null;
  }
}
