package dev.papertape.command.market.recorded;

import dev.papertape.command.market.PriceLevels;

/** Decimals of the finest price and quantity met of a symbol, trailing zeros not counted. */
record FinestSteps(int priceDecimals, int quantityDecimals) {
  static final FinestSteps NONE = new FinestSteps(0, 0);

  FinestSteps and(PriceLevels levels) {
    return and(new FinestSteps(levels.maxPriceDecimals(), levels.maxQuantityDecimals()));
  }

  FinestSteps and(FinestSteps other) {
    return new FinestSteps(
        Math.max(priceDecimals, other.priceDecimals),
        Math.max(quantityDecimals, other.quantityDecimals));
  }
}
