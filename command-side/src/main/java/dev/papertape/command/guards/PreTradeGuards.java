package dev.papertape.command.guards;

import dev.papertape.command.guards.GuardInputs.DoubtedWindow;
import dev.papertape.command.guards.GuardInputs.MarketView;
import dev.papertape.command.guards.GuardVerdict.Blocked;
import dev.papertape.command.guards.GuardVerdict.Passed;
import dev.papertape.command.guards.GuardVerdict.Reason;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.guards.TradingState;
import java.math.BigDecimal;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks the guards before an order is routed. Pure. */
public final class PreTradeGuards {
  private PreTradeGuards() {}

  public static GuardVerdict check(OrderIntent intent, GuardInputs inputs, GuardLimits limits) {
    MarketView market = inputs.market();
    boolean reducing = reducesOnly(intent, inputs.position());
    if (inputs.tradingState() == TradingState.HALTED) {
      return blocked(Reason.HALTED, "trading is halted", intent, inputs, limits);
    }
    if (inputs.tradingState() == TradingState.REDUCING && !reducing) {
      return blocked(
          Reason.REDUCING,
          "only orders that bring the position of " + plain(inputs.position()) + " closer to zero",
          intent,
          inputs,
          limits);
    }
    BigDecimal refMid = market.refMid();
    if (market.syncedBooks() == 0 || refMid == null) {
      Reason reason = noMarket(market);
      return blocked(reason, noMarket(reason, intent), intent, inputs, limits);
    }
    if (!inputs.doubted().isEmpty()) {
      DoubtedWindow first = inputs.doubted().getFirst();
      return blocked(
          Reason.SUSPECT_DATA,
          "%s led to the order, and its %s stream is %s"
              .formatted(first.window(), first.channel(), first.state()),
          intent,
          inputs,
          limits);
    }
    return size(intent, inputs, limits, refMid, reducing);
  }

  private static GuardVerdict size(
      OrderIntent intent,
      GuardInputs inputs,
      GuardLimits limits,
      BigDecimal refMid,
      boolean reducing) {
    MarketView market = inputs.market();
    if (intent.quantity().remainder(market.finestLot()).signum() != 0) {
      return blocked(
          Reason.LOT_STEP,
          plain(intent.quantity()) + " is no multiple of the lot " + plain(market.finestLot()),
          intent,
          inputs,
          limits);
    }
    BigDecimal limitPrice = intent.limitPrice();
    BigDecimal notional = intent.quantity().multiply(limitPrice == null ? refMid : limitPrice);
    if (notional.compareTo(market.leastMinNotional()) < 0) {
      return over(
          Reason.MIN_NOTIONAL,
          "below",
          notional,
          market.leastMinNotional(),
          intent,
          inputs,
          limits);
    }
    // The limit of a sale is its least price, not what it may bring.
    BigDecimal most =
        intent.side() == Side.SELL && limitPrice != null
            ? intent.quantity().multiply(limitPrice.max(refMid))
            : notional;
    if (most.compareTo(limits.maxNotional()) > 0) {
      return over(Reason.MAX_NOTIONAL, "above", most, limits.maxNotional(), intent, inputs, limits);
    }
    BigDecimal exposure =
        inputs.position().add(signed(intent)).abs().multiply(refMid).add(inputs.otherExposure());
    if (!reducing && exposure.compareTo(limits.maxExposure()) > 0) {
      return over(
          Reason.MAX_EXPOSURE, "above", exposure, limits.maxExposure(), intent, inputs, limits);
    }
    if (inputs.ordersInLastSecond() >= limits.maxOrdersPerSecond()) {
      return blocked(
          Reason.ORDER_RATE,
          inputs.ordersInLastSecond()
              + " orders in the last second, the limit is "
              + limits.maxOrdersPerSecond(),
          intent,
          inputs,
          limits);
    }
    return new Passed();
  }

  /** Whether the order ends closer to zero, or at it, and never beyond. */
  private static boolean reducesOnly(OrderIntent intent, BigDecimal position) {
    return position.signum() * intent.side().sign() < 0
        && intent.quantity().compareTo(position.abs()) <= 0;
  }

  private static BigDecimal signed(OrderIntent intent) {
    return intent.side().sign() > 0 ? intent.quantity() : intent.quantity().negate();
  }

  /** Why there is no mid: a doubted book would have given one, a stale one might. */
  private static Reason noMarket(MarketView market) {
    if (market.syncedBooks() > 0) {
      return Reason.STALE_DATA;
    }
    if (market.suspectBooks() > 0) {
      return Reason.SUSPECT_DATA;
    }
    return market.staleBooks() > 0 ? Reason.STALE_DATA : Reason.NO_SYNCED_BOOK;
  }

  private static String noMarket(Reason reason, OrderIntent intent) {
    return switch (reason) {
      case NO_SYNCED_BOOK -> "no venue has a book of " + intent.symbol() + " in order";
      case SUSPECT_DATA -> "every book of " + intent.symbol() + " in order is doubted";
      default -> "no venue has a fresh two-sided book of " + intent.symbol();
    };
  }

  private static Blocked over(
      Reason reason,
      String relation,
      BigDecimal value,
      BigDecimal limit,
      OrderIntent intent,
      GuardInputs inputs,
      GuardLimits limits) {
    String detail = plain(value) + " is " + relation + " " + plain(limit);
    return blocked(reason, detail, intent, inputs, limits);
  }

  private static Blocked blocked(
      Reason reason, String detail, OrderIntent intent, GuardInputs inputs, GuardLimits limits) {
    MarketView market = inputs.market();
    TreeMap<String, String> seen = new TreeMap<>();
    seen.put("tradingState", inputs.tradingState().name());
    seen.put("side", intent.side().name());
    seen.put("quantity", plain(intent.quantity()));
    seen.put("position", plain(inputs.position()));
    seen.put("otherExposure", plain(inputs.otherExposure()));
    seen.put("syncedBooks", Integer.toString(market.syncedBooks()));
    seen.put("staleBooks", Integer.toString(market.staleBooks()));
    if (market.suspectBooks() > 0) {
      seen.put("suspectBooks", Integer.toString(market.suspectBooks()));
    }
    for (DoubtedWindow doubted : inputs.doubted()) {
      seen.put("stream:" + doubted.window(), doubted.channel() + " " + doubted.state());
    }
    putIfKnown(seen, "refMid", market.refMid());
    putIfKnown(seen, "limitPrice", intent.limitPrice());
    seen.put("finestLot", plain(market.finestLot()));
    seen.put("leastMinNotional", plain(market.leastMinNotional()));
    seen.put("maxNotional", plain(limits.maxNotional()));
    seen.put("maxExposure", plain(limits.maxExposure()));
    seen.put("ordersInLastSecond", Integer.toString(inputs.ordersInLastSecond()));
    seen.put("maxOrdersPerSecond", Integer.toString(limits.maxOrdersPerSecond()));
    return new Blocked(reason, detail, seen);
  }

  private static void putIfKnown(
      TreeMap<String, String> seen, String name, @Nullable BigDecimal value) {
    if (value != null) {
      seen.put(name, plain(value));
    }
  }

  private static String plain(BigDecimal value) {
    return value.toPlainString();
  }
}
