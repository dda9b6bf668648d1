package dev.papertape.command.router;

import java.math.BigDecimal;

/** How computed decimals are written: without trailing zeros, never with an exponent. */
final class Decimals {
  private Decimals() {}

  static BigDecimal tidy(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
