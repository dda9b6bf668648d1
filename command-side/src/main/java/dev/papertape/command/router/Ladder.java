package dev.papertape.command.router;

import dev.papertape.command.market.Scale;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.router.VenueQuote;
import dev.papertape.contracts.router.VenueQuote.QuotedLevel;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one eligible venue offers an order, on scaled longs: its levels within the limit, each cut
 * to the policy's participation.
 */
final class Ladder {
  /** Fees enter the merge of levels in millionths of a basis point. */
  private static final double FEE_STEPS_PER_BPS = 1e6;

  private static final long ONE_HUNDRED_PERCENT = 10_000_000_000L;

  final VenueQuote quote;
  final long lot;
  final int levels;
  final long[] prices;
  final long[] quantities;

  /** Price times this is the price with the fee on it, in 1e10ths; the merge compares those. */
  final long feeFactor;

  private Ladder(
      VenueQuote quote, long lot, int levels, long[] prices, long[] quantities, long feeFactor) {
    this.quote = quote;
    this.lot = lot;
    this.levels = levels;
    this.prices = prices;
    this.quantities = quantities;
    this.feeFactor = feeFactor;
  }

  static Ladder of(VenueQuote quote, OrderIntent intent, Scale scale, RouterPolicy policy) {
    int sign = intent.side().sign();
    @Nullable BigDecimal limit = intent.limitPrice();
    long worst = limit == null ? 0 : scale.price(limit);
    List<QuotedLevel> quoted = quote.levels();
    long[] prices = new long[quoted.size()];
    long[] quantities = new long[quoted.size()];
    int levels = 0;
    for (; levels < prices.length; levels++) {
      QuotedLevel level = quoted.get(levels);
      long price = scale.price(level.price());
      if (limit != null && sign * Long.compare(price, worst) > 0) {
        break;
      }
      prices[levels] = price;
      quantities[levels] = policy.takeable(scale.quantity(level.quantity()));
    }
    long fee = Math.round(quote.takerFeeBps() * FEE_STEPS_PER_BPS);
    return new Ladder(
        quote,
        scale.quantity(quote.lotSize()),
        levels,
        prices,
        quantities,
        ONE_HUNDRED_PERCENT + sign * fee);
  }

  /**
   * The coarsest scale in which every price and quantity of the decision is a whole number. It
   * comes from the recorded decimals, so that a decision made again uses the same.
   */
  static Scale scaleOf(OrderIntent intent, List<VenueQuote> quotes) {
    int price = intent.limitPrice() == null ? 0 : needed(intent.limitPrice());
    int quantity = needed(intent.quantity());
    for (VenueQuote quote : quotes) {
      quantity = Math.max(quantity, decimals(quote.lotSize()));
      for (QuotedLevel level : quote.levels()) {
        price = Math.max(price, level.price().scale());
        quantity = Math.max(quantity, level.quantity().scale());
      }
    }
    return new Scale(price, quantity);
  }

  /** An intent may end in zeros that would push the scale out of a long. */
  private static int needed(BigDecimal value) {
    return decimals(value.stripTrailingZeros());
  }

  private static int decimals(BigDecimal value) {
    return Math.max(0, value.scale());
  }

  /** Whether this venue's level costs less, fee included, than the other's; equal is false. */
  static int compareWithFee(Ladder a, int levelA, Ladder b, int levelB) {
    long priceA = a.prices[levelA];
    long priceB = b.prices[levelB];
    int high =
        Long.compare(
            Math.multiplyHigh(priceA, a.feeFactor), Math.multiplyHigh(priceB, b.feeFactor));
    return high != 0 ? high : Long.compareUnsigned(priceA * a.feeFactor, priceB * b.feeFactor);
  }
}
