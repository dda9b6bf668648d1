package dev.papertape.command.market;

import java.math.BigDecimal;

/**
 * How many decimals a scaled {@code long} has. All venues of one symbol share one scale, so that
 * their prices compare as longs.
 *
 * @param priceDecimals 0 to 12
 * @param quantityDecimals 0 to 12
 */
public record Scale(int priceDecimals, int quantityDecimals) {

  public BigDecimal price(long scaled) {
    return BigDecimal.valueOf(scaled, priceDecimals);
  }

  public BigDecimal quantity(long scaled) {
    return BigDecimal.valueOf(scaled, quantityDecimals);
  }

  /** Exact; throws {@link ArithmeticException} if the value needs more decimals or is too large. */
  public long price(BigDecimal price) {
    return price.setScale(priceDecimals).unscaledValue().longValueExact();
  }

  /** Exact; throws {@link ArithmeticException} if the value needs more decimals or is too large. */
  public long quantity(BigDecimal quantity) {
    return quantity.setScale(quantityDecimals).unscaledValue().longValueExact();
  }
}
