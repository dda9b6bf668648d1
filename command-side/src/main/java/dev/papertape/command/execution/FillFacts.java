package dev.papertape.command.execution;

import dev.papertape.command.execution.LiveOrder.LiveLeg;
import dev.papertape.command.market.BookView;
import dev.papertape.command.router.CommonMid;
import dev.papertape.command.router.Decimals;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.FilledLevel;
import dev.papertape.contracts.execution.Liquidity;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Words what happened to a leg as events, books fills in the account. */
final class FillFacts {
  private final Portfolio portfolio;
  private final Function<Symbol, ? extends List<? extends BookView>> books;

  FillFacts(Portfolio portfolio, Function<Symbol, ? extends List<? extends BookView>> books) {
    this.portfolio = portfolio;
    this.books = books;
  }

  LiveOrder fill(
      LiveOrder order,
      RouterPolicy policy,
      int leg,
      BookView view,
      List<FilledLevel> levels,
      Liquidity liquidity,
      Instant feedTime,
      Consumer<ExecutionEvent> out) {
    LiveOrder.Decision decision = decisionOf(order);
    Symbol symbol = order.intent().symbol();
    BigDecimal quantity = Notional.quantity(levels);
    BigDecimal notional = Notional.of(levels);
    double feeBps =
        switch (liquidity) {
          case TAKER -> view.instrument().fees().takerBps();
          case MAKER -> view.instrument().fees().makerBps();
        };
    BigDecimal fee = Notional.fee(notional, feeBps);
    Portfolio.FillResult booked =
        portfolio.fill(symbol, order.intent().side(), levels, fee, feedTime);
    OrderFilled event =
        new OrderFilled(
            order.orderId(),
            order.orderId() + ":" + leg + ":" + order.fills(),
            decision.decisionId(),
            order.intent().alphaId(),
            leg,
            view.instrument().venue(),
            symbol,
            order.intent().side(),
            quantity,
            Decimals.divide(notional, quantity),
            levels,
            fee,
            feeBps,
            liquidity,
            view.sequence(),
            CommonMid.of(books.apply(symbol), feedTime, policy.maxAgeMs()),
            decision.mid(),
            Duration.between(decision.feedTime(), feedTime).toMillis(),
            order.remaining().subtract(quantity),
            booked.account(),
            order.owned().shares(quantity, fee, view.instrument().rules().lotSize()),
            feedTime);
    out.accept(event);
    if (booked.closed() != null) {
      out.accept(booked.closed());
    }
    return order.after(event);
  }

  /** Terminal only when this leg's rest is all that the order lacks and no other leg is open. */
  LiveOrder expireLeg(
      LiveOrder order, int leg, Shortfall why, Instant feedTime, Consumer<ExecutionEvent> out) {
    LiveLeg ended = order.legs().get(leg);
    boolean last = order.legs().stream().filter(LiveLeg::open).count() == 1;
    boolean terminal = last && ended.remaining().compareTo(order.remaining()) == 0;
    OrderExpired event =
        new OrderExpired(
            order.orderId(),
            leg,
            ended.venue(),
            why.name(),
            detail(why, ended),
            ended.remaining(),
            terminal,
            feedTime);
    out.accept(event);
    return order.after(event);
  }

  LiveOrder expireRest(LiveOrder order, Instant feedTime, Consumer<ExecutionEvent> out) {
    OrderExpired event =
        new OrderExpired(
            order.orderId(),
            null,
            null,
            remainder(order).name(),
            order.remaining().toPlainString()
                + " of "
                + order.intent().quantity().toPlainString()
                + " found no venue or did not fill there",
            order.remaining(),
            true,
            feedTime);
    out.accept(event);
    return order.after(event);
  }

  private static Shortfall remainder(LiveOrder order) {
    return switch (order.intent().timeInForce()) {
      case IOC -> Shortfall.IOC_REMAINDER;
      case GTC -> Shortfall.UNFILLED_REMAINDER;
    };
  }

  /** An order that an earlier engine left open is over as a whole. */
  OrderExpired restarted(LiveOrder order, Instant feedTime) {
    return new OrderExpired(
        order.orderId(),
        null,
        null,
        Shortfall.ENGINE_RESTARTED.name(),
        "the engine restarted while the order was open",
        order.remaining(),
        true,
        feedTime);
  }

  private static String detail(Shortfall why, LiveLeg leg) {
    @Nullable BigDecimal limit = leg.limit();
    String within = limit == null ? "" : " at " + limit.toPlainString() + " or better";
    String rest = leg.remaining().toPlainString() + " of " + leg.quantity().toPlainString();
    return switch (why) {
      case BOOK_NOT_SYNCED -> leg.venue() + "'s book was not in order when the leg arrived";
      case BOOK_STALE -> leg.venue() + "'s book was stale when the leg arrived";
      case NO_LIQUIDITY_WITHIN_LIMIT ->
          leg.venue() + " displayed nothing to take" + within + " when the leg arrived";
      case PARTICIPATION_CAP ->
          rest + " is beyond the share of each level that an order may take at " + leg.venue();
      case IOC_REMAINDER, UNFILLED_REMAINDER ->
          rest + " found nothing displayed" + within + " at " + leg.venue();
      case ENGINE_RESTARTED -> "the engine restarted while the leg was open";
    };
  }

  private static LiveOrder.Decision decisionOf(LiveOrder order) {
    LiveOrder.Decision decision = order.decision();
    if (decision == null) {
      throw new IllegalStateException("order " + order.orderId() + " was never routed");
    }
    return decision;
  }
}
