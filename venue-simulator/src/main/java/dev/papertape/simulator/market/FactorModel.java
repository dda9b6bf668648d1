package dev.papertape.simulator.market;

import dev.papertape.simulator.config.Instrument;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Common factor with a regime-dependent drift and volatility; every instrument loads on it, so that
 * returns are correlated. In CHOP the factor is pulled back to where the regime found it.
 */
final class FactorModel {

  private static final double FACTOR_BPS_PER_ROOT_SECOND = 0.8;
  private static final double CHOP_PULL_PER_SECOND = 1 / 90.0;

  private final Draws draws;
  private final Map<String, FairPrice> prices = new LinkedHashMap<>();
  private double factorBps;
  private double anchorBps;
  private Regime lastRegime = Regime.CHOP;

  FactorModel(long seed, List<Instrument> instruments) {
    this.draws = Draws.of(seed, "factor");
    for (Instrument instrument : instruments) {
      Draws own = Draws.of(seed, "fair/" + instrument.symbol());
      prices.put(instrument.symbol(), new FairPrice(instrument, own));
    }
  }

  void advance(Regime regime, double seconds) {
    if (regime != lastRegime) {
      anchorBps = factorBps;
      lastRegime = regime;
    }
    double pull =
        regime == Regime.CHOP
            ? (anchorBps - factorBps) * Math.min(1, CHOP_PULL_PER_SECOND * seconds)
            : 0;
    double shock =
        FACTOR_BPS_PER_ROOT_SECOND
            * regime.volatility()
            * StrictMath.sqrt(seconds)
            * draws.nextGaussian();
    double moved = regime.driftBpsPerSecond() * seconds + pull + shock;
    factorBps += moved;
    prices.values().forEach(price -> price.advance(moved, regime.volatility(), seconds));
  }

  /** Basis points per square root second in a usual regime, factor and own noise together. */
  static double usualVolatilityBps(Instrument instrument) {
    return StrictMath.hypot(
        FACTOR_BPS_PER_ROOT_SECOND * instrument.beta(), instrument.idiosyncraticBps());
  }

  /** In quote currency. */
  double fair(String symbol) {
    FairPrice price = prices.get(symbol);
    if (price == null) {
      throw new IllegalArgumentException("no instrument " + symbol);
    }
    return price.price();
  }
}
