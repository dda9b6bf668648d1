package dev.papertape.command.router;

import java.math.BigInteger;

/** An exact sum of products of non-negative longs in 128 bits; far beyond any book's notional. */
final class WideSum {
  private long high;
  private long low;

  void addProduct(long a, long b) {
    long product = a * b;
    long sum = low + product;
    high += Math.multiplyHigh(a, b) + (Long.compareUnsigned(sum, low) < 0 ? 1 : 0);
    low = sum;
  }

  BigInteger value() {
    if (high == 0 && low >= 0) {
      return BigInteger.valueOf(low);
    }
    BigInteger unsignedLow =
        low >= 0 ? BigInteger.valueOf(low) : BigInteger.valueOf(low).add(BigInteger.TWO.pow(64));
    return BigInteger.valueOf(high).shiftLeft(64).add(unsignedLow);
  }
}
