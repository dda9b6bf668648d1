package dev.papertape.command.engine;

import dev.papertape.command.execution.SubAccount;
import dev.papertape.command.router.Decimals;
import dev.papertape.command.sizing.SizingPolicy;
import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.alpha.AlphaSignal;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.sizing.CoalitionTarget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * What alphas that do not trade would have traded: each alone, with its own weight beside those
 * that do, at the mid, half the common spread and the taker fee.
 */
final class ShadowTrades {
  private ShadowTrades() {}

  static void follow(
      Map<String, AlphaSpec> specs,
      SignalsCombined combined,
      CommonBook common,
      RebalanceMarket market,
      AlphaRecordKeeper records,
      SizingPolicy policy) {
    double traded = combined.signals().stream().mapToDouble(AlphaSignal::weight).sum();
    for (AlphaSignal signal : combined.signals()) {
      AlphaSpec spec = specs.get(signal.alphaId());
      if (spec != null && spec.stage().share() == 0) {
        SubAccount book = records.of(spec, market::mid, combined.feedTime()).book();
        double weight = spec.isAsked() ? spec.weight() / Math.max(1, traded + spec.weight()) : 0;
        BigDecimal target =
            CoalitionTarget.of(
                CoalitionTarget.weighted(weight, signal.value()),
                combined.unitNotional(),
                combined.capNotional(),
                combined.mid());
        trade(book, target, combined, common, market, policy);
      }
    }
  }

  private static void trade(
      SubAccount book,
      BigDecimal target,
      SignalsCombined combined,
      CommonBook common,
      RebalanceMarket market,
      SizingPolicy policy) {
    Symbol symbol = combined.symbol();
    BigDecimal lot = market.lot(symbol);
    BigDecimal quantity =
        target.subtract(book.quantity(symbol)).divide(lot, 0, RoundingMode.DOWN).multiply(lot);
    BigDecimal notional = quantity.abs().multiply(combined.mid());
    boolean isFar = notional.compareTo(policy.rebalanceNotional()) >= 0;
    boolean closes =
        target.signum() == 0 && market.isWorthAnOrder(symbol, quantity, combined.mid());
    if (quantity.signum() == 0 || !(isFar || closes)) {
      return;
    }
    BigDecimal side = BigDecimal.valueOf(quantity.signum());
    BigDecimal price = combined.mid().add(common.halfSpread().multiply(side));
    BigDecimal paid = Decimals.tidy(price.multiply(quantity));
    BigDecimal fee =
        Decimals.tidy(
            paid.abs().multiply(BigDecimal.valueOf(common.takerFeeBps())).movePointLeft(4));
    book.fill(symbol, quantity, paid, fee, combined.feedTime());
  }
}
