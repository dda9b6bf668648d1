package dev.papertape.contracts.report;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * How far a fill moves a bar's price (Zipline's volume-share model): min(q / volume, 0.025)² · 0.1
 * · price.
 */
public final class VolumeShareSlippage {
  /** Share of a bar's volume beyond which the model does not look. */
  public static final BigDecimal VOLUME_LIMIT = new BigDecimal("0.025");

  public static final BigDecimal PRICE_IMPACT = new BigDecimal("0.1");

  private VolumeShareSlippage() {}

  /**
   * @param quantity of the fill, base units, &ge; 0
   * @param volume of the bar, base units, &gt; 0
   * @param price quote units
   * @return quote units per base unit, against the one who trades
   */
  public static BigDecimal of(BigDecimal quantity, BigDecimal volume, BigDecimal price) {
    if (volume.signum() <= 0 || quantity.signum() < 0) {
      throw new IllegalArgumentException("quantity " + quantity + " of volume " + volume);
    }
    BigDecimal share = quantity.divide(volume, MathContext.DECIMAL64).min(VOLUME_LIMIT);
    return share.multiply(share).multiply(PRICE_IMPACT).multiply(price);
  }
}
