package dev.papertape.command.router;

import dev.papertape.command.market.Scale;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.router.RoutingDecision.Candidate;
import dev.papertape.contracts.router.VenueQuote;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the whole order would cost at one venue alone, in bps of the common mid (market-wire.md,
 * "Routing cost"): price against the mid, fee, the mid's deviation over the order's way, the move
 * away from an order that does not fill, and sending a rejected one again.
 */
final class VenueCost {
  private static final double BPS = 1e4;
  private static final double MS_PER_SECOND = 1e3;

  private VenueCost() {}

  static Candidate gated(VenueQuote quote, Gate gate) {
    return new Candidate(
        quote.venue(),
        false,
        gate.name(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        quote.qos());
  }

  static Candidate eligible(
      Ladder ladder, long wanted, Side side, Scale scale, BigDecimal refMid, RouterPolicy policy) {
    VenueQuote quote = ladder.quote;
    WideSum notional = new WideSum();
    long covered = 0;
    for (int level = 0; level < ladder.levels && covered < wanted; level++) {
      long take = Math.min(ladder.quantities[level], wanted - covered);
      notional.addProduct(ladder.prices[level], take);
      covered += take;
    }
    BigDecimal vwap = covered == 0 ? null : vwap(notional.value(), covered, scale);
    Double priceBps = vwap == null ? null : priceBps(vwap, refMid, side);
    double latencyBps = quote.volatility1sBps() * Math.sqrt(quote.latencyP95Ms() / MS_PER_SECOND);
    double failBps = (1 - quote.fillProbability()) * quote.adverseMoveBps();
    double rejectBps = quote.rejectRate() * policy.retryCostBps();
    Double allInBps =
        priceBps == null
            ? null
            : (Double) (priceBps + quote.takerFeeBps() + latencyBps + failBps + rejectBps);
    return new Candidate(
        quote.venue(),
        true,
        null,
        vwap,
        scale.quantity(covered),
        priceBps,
        quote.takerFeeBps(),
        latencyBps,
        failBps,
        rejectBps,
        allInBps,
        quote.qos());
  }

  private static BigDecimal vwap(BigInteger notional, long covered, Scale scale) {
    return Decimals.divide(
        new BigDecimal(notional, scale.priceDecimals()), BigDecimal.valueOf(covered));
  }

  private static @Nullable Double priceBps(BigDecimal vwap, BigDecimal refMid, Side side) {
    return side.sign() * vwap.subtract(refMid).doubleValue() / refMid.doubleValue() * BPS;
  }
}
