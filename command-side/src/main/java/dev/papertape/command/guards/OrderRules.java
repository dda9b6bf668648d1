package dev.papertape.command.guards;

import dev.papertape.command.guards.GuardInputs.DoubtedWindow;
import dev.papertape.command.guards.GuardInputs.MarketView;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardName.Scope;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.TradingState;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What each guard says of an order, in the order in which they are asked. Pure.
 *
 * <p>A guard that is there to stop risk never stops an order that only brings a position closer to
 * zero: REDUCING, drawdown, loss streak and exposure let it pass. Those over data, size and rate do
 * not ask what an order is for: without a price nobody knows what it does, and one that is too
 * large can be sent in parts.
 */
final class OrderRules {
  private static final List<Rule> RULES =
      List.of(
          OrderRules::halted,
          OrderRules::reducing,
          OrderRules::reducedByGuard,
          OrderRules::market,
          OrderRules::doubted,
          OrderRules::closed,
          OrderRules::lots,
          OrderRules::minNotional,
          OrderRules::maxNotional,
          OrderRules::exposure,
          OrderRules::rate);

  private OrderRules() {}

  /** One guard, or several that exclude each other. */
  private interface Rule {
    @Nullable Refusal ask(Question question);
  }

  record Question(OrderIntent intent, GuardInputs inputs, GuardLimits limits) {
    /** Whether the order ends closer to zero, or at it, and never beyond. */
    boolean reducesOnly() {
      BigDecimal position = inputs.position();
      return position.signum() * intent.side().sign() < 0
          && intent.quantity().compareTo(position.abs()) <= 0;
    }

    MarketView market() {
      return inputs.market();
    }

    /** The common mid, which the guard over the market has found to be there. */
    BigDecimal refMid() {
      BigDecimal mid = market().refMid();
      if (mid == null) {
        throw new IllegalStateException("asked without a market");
      }
      return mid;
    }

    String symbolScope() {
      return Scope.SYMBOL.of(intent.symbol());
    }

    /** At its limit, else at the mid. */
    BigDecimal notional() {
      BigDecimal limitPrice = intent.limitPrice();
      return intent.quantity().multiply(limitPrice == null ? refMid() : limitPrice);
    }

    /** The limit of a sale is its least price, not what it may bring. */
    BigDecimal mostNotional() {
      BigDecimal limitPrice = intent.limitPrice();
      return intent.side() == Side.SELL && limitPrice != null
          ? intent.quantity().multiply(limitPrice.max(refMid()))
          : notional();
    }

    BigDecimal exposureAfter() {
      BigDecimal signed = intent.side().sign() > 0 ? intent.quantity() : intent.quantity().negate();
      return inputs.position().add(signed).abs().multiply(refMid()).add(inputs.otherExposure());
    }
  }

  /**
   * @param value null where the guard has none
   * @param limit null where the guard has none
   * @param detail one sentence with the value and the limit
   */
  record Refusal(
      GuardName guard,
      String scope,
      @Nullable BigDecimal value,
      @Nullable BigDecimal limit,
      String detail) {}

  static @Nullable Refusal firstRefusal(Question question) {
    for (Rule rule : RULES) {
      Refusal refusal = rule.ask(question);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private static @Nullable Refusal halted(Question question) {
    return question.inputs().tradingState() == TradingState.HALTED
        ? new Refusal(GuardName.HALTED, Scope.ACCOUNT.name(), null, null, "trading is halted")
        : null;
  }

  private static @Nullable Refusal reducing(Question question) {
    return question.inputs().tradingState() == TradingState.REDUCING && !question.reducesOnly()
        ? new Refusal(GuardName.REDUCING, Scope.ACCOUNT.name(), null, null, onlyCloser(question))
        : null;
  }

  private static @Nullable Refusal reducedByGuard(Question question) {
    List<GuardSeen> tripped = question.inputs().standing().reducedBy();
    if (tripped.isEmpty() || question.reducesOnly()) {
      return null;
    }
    GuardSeen first = tripped.getFirst();
    return new Refusal(
        first.guard(),
        first.scope(),
        first.value(),
        first.limit(),
        "%s tripped at %s, the limit is %s: %s"
            .formatted(
                first.guard(),
                first.value() == null ? "an unknown value" : plain(first.value()),
                plain(first.limit()),
                onlyCloser(question)));
  }

  private static String onlyCloser(Question question) {
    return "only orders that bring the position of "
        + plain(question.inputs().position())
        + " closer to zero";
  }

  private static @Nullable Refusal market(Question question) {
    MarketView market = question.market();
    GuardName missing = market.missing();
    if (missing == null) {
      return null;
    }
    String symbol = question.intent().symbol().value();
    String detail =
        missing == GuardName.NO_SYNCED_BOOK
            ? "no venue has a book of " + symbol + " in order"
            : missing == GuardName.SUSPECT_DATA
                ? "every book of " + symbol + " in order is doubted"
                : "no venue has a fresh two-sided book of " + symbol;
    return new Refusal(missing, question.symbolScope(), null, null, detail);
  }

  private static @Nullable Refusal doubted(Question question) {
    if (question.inputs().doubted().isEmpty()) {
      return null;
    }
    DoubtedWindow first = question.inputs().doubted().getFirst();
    return new Refusal(
        GuardName.SUSPECT_DATA,
        question.symbolScope(),
        null,
        null,
        "%s led to the order, and its %s stream is %s"
            .formatted(first.window(), first.channel(), first.state()));
  }

  private static @Nullable Refusal closed(Question question) {
    Map<?, String> closed = question.inputs().standing().closedVenues();
    int venues = question.inputs().standing().venues();
    if (venues == 0 || closed.size() < venues) {
      return null;
    }
    boolean allSkewed = closed.values().stream().allMatch(GuardName.CLOCK_SKEW.name()::equals);
    return new Refusal(
        allSkewed ? GuardName.CLOCK_SKEW : GuardName.BUDGET_EXHAUSTED,
        question.symbolScope(),
        BigDecimal.ZERO,
        BigDecimal.ONE,
        "each of %d venues that list %s is closed: %s"
            .formatted(venues, question.intent().symbol(), closed));
  }

  private static @Nullable Refusal lots(Question question) {
    BigDecimal quantity = question.intent().quantity();
    BigDecimal lot = question.market().finestLot();
    if (quantity.compareTo(lot) < 0) {
      return limited(GuardName.MIN_QUANTITY, Scope.ORDER.name(), quantity, "below", lot);
    }
    return quantity.remainder(lot).signum() == 0
        ? null
        : new Refusal(
            GuardName.LOT_STEP,
            Scope.ORDER.name(),
            quantity,
            lot,
            plain(quantity) + " is no multiple of the lot " + plain(lot));
  }

  private static @Nullable Refusal minNotional(Question question) {
    BigDecimal least = question.market().leastMinNotional();
    BigDecimal notional = question.notional();
    return notional.compareTo(least) < 0
        ? limited(GuardName.MIN_NOTIONAL, Scope.ORDER.name(), notional, "below", least)
        : null;
  }

  private static @Nullable Refusal maxNotional(Question question) {
    BigDecimal most = question.mostNotional();
    BigDecimal limit = question.limits().maxNotional();
    return most.compareTo(limit) > 0
        ? limited(GuardName.MAX_NOTIONAL, Scope.ORDER.name(), most, "above", limit)
        : null;
  }

  private static @Nullable Refusal exposure(Question question) {
    BigDecimal limit = question.limits().maxExposure();
    BigDecimal exposure = question.exposureAfter();
    return !question.reducesOnly() && exposure.compareTo(limit) > 0
        ? limited(GuardName.MAX_EXPOSURE, Scope.ACCOUNT.name(), exposure, "above", limit)
        : null;
  }

  private static @Nullable Refusal rate(Question question) {
    int orders = question.inputs().ordersInLastSecond();
    int limit = question.limits().maxOrdersPerSecond();
    return orders >= limit
        ? new Refusal(
            GuardName.ORDER_RATE,
            Scope.ACCOUNT.name(),
            BigDecimal.valueOf(orders),
            BigDecimal.valueOf(limit),
            orders + " orders in the last second, the limit is " + limit)
        : null;
  }

  private static Refusal limited(
      GuardName guard, String scope, BigDecimal value, String relation, BigDecimal limit) {
    return new Refusal(
        guard, scope, value, limit, plain(value) + " is " + relation + " " + plain(limit));
  }

  private static String plain(BigDecimal value) {
    return value.toPlainString();
  }
}
