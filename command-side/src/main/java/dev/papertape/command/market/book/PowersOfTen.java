package dev.papertape.command.market.book;

/** 10^n for the decimals that a {@code long} can hold. */
final class PowersOfTen {
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private PowersOfTen() {}

  /** 10^exponent; 0 to 18. */
  static long of(int exponent) {
    return POWERS[exponent];
  }

  /** {@code value · 10^exponent}, exact; {@link ArithmeticException} if it does not fit. */
  static long scaleUp(long value, int exponent) {
    return exponent == 0 ? value : Math.multiplyExact(value, POWERS[exponent]);
  }
}
