package dev.papertape.simulator.market;

import dev.papertape.simulator.config.Instrument;

/**
 * Fair value of one instrument: geometric, loading on the common factor plus noise of its own. The
 * only place where a price is a {@code double}; order flow quantises it to ticks.
 */
final class FairPrice {

  private static final double BPS = 1e-4;

  private final Instrument instrument;
  private final Draws draws;
  private double logPrice;
  private double price;

  FairPrice(Instrument instrument, Draws draws) {
    this.instrument = instrument;
    this.draws = draws;
    this.price = instrument.initialPrice().doubleValue();
    this.logPrice = StrictMath.log(price);
  }

  /**
   * @param factorReturnBps common factor's return over the step
   * @param volatility multiple of the usual own volatility
   * @param seconds length of the step
   */
  void advance(double factorReturnBps, double volatility, double seconds) {
    double own =
        instrument.idiosyncraticBps()
            * volatility
            * StrictMath.sqrt(seconds)
            * draws.nextGaussian();
    logPrice += (instrument.beta() * factorReturnBps + own) * BPS;
    price = StrictMath.exp(logPrice);
  }

  double price() {
    return price;
  }
}
