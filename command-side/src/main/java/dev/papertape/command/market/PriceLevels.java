package dev.papertape.command.market;

import java.util.Arrays;

/**
 * The levels of one side of a depth message, in the wire's order and digits; immutable. Packed in
 * two arrays, because a message of a busy symbol has hundreds of levels: {@code values[2i]} is the
 * price's mantissa and {@code values[2i + 1]} the quantity's; {@code formats} holds the decimals of
 * each as {@code wireDecimals << 4 | decimals}.
 */
public final class PriceLevels {
  public static final PriceLevels NONE = new PriceLevels(new long[0], new byte[0], 0);

  private final long[] values;
  private final byte[] formats;
  private final int priceDecimals;
  private final int quantityDecimals;

  /** Copies the first {@code size} levels of the given arrays. */
  public PriceLevels(long[] values, byte[] formats, int size) {
    this.values = Arrays.copyOf(values, 2 * size);
    this.formats = Arrays.copyOf(formats, 2 * size);
    int price = 0;
    int quantity = 0;
    for (int i = 0; i < 2 * size; i += 2) {
      price = Math.max(price, formats[i] & 0xF);
      quantity = Math.max(quantity, formats[i + 1] & 0xF);
    }
    this.priceDecimals = price;
    this.quantityDecimals = quantity;
  }

  /** Levels from texts: price, quantity, price, quantity, … */
  public static PriceLevels of(String... pricesAndQuantities) {
    long[] values = new long[pricesAndQuantities.length];
    byte[] formats = new byte[pricesAndQuantities.length];
    for (int i = 0; i < values.length; i++) {
      WireDecimal decimal = WireDecimal.of(pricesAndQuantities[i]);
      values[i] = decimal.mantissa();
      formats[i] = format(decimal.decimals(), decimal.wireDecimals());
    }
    return new PriceLevels(values, formats, values.length / 2);
  }

  /** The packed decimals of one value. */
  public static byte format(int decimals, int wireDecimals) {
    return (byte) (wireDecimals << 4 | decimals);
  }

  public int size() {
    return values.length / 2;
  }

  public long priceMantissa(int level) {
    return values[2 * level];
  }

  public int priceDecimals(int level) {
    return formats[2 * level] & 0xF;
  }

  public int priceWireDecimals(int level) {
    return (formats[2 * level] >> 4) & 0xF;
  }

  public long quantityMantissa(int level) {
    return values[2 * level + 1];
  }

  public int quantityDecimals(int level) {
    return formats[2 * level + 1] & 0xF;
  }

  public int quantityWireDecimals(int level) {
    return (formats[2 * level + 1] >> 4) & 0xF;
  }

  /** The finest price's decimals, trailing zeros not counted. */
  public int maxPriceDecimals() {
    return priceDecimals;
  }

  /** The finest quantity's decimals, trailing zeros not counted. */
  public int maxQuantityDecimals() {
    return quantityDecimals;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PriceLevels levels
        && Arrays.equals(values, levels.values)
        && Arrays.equals(formats, levels.formats);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + Arrays.hashCode(formats);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < size(); i++) {
      text.append(i == 0 ? "" : " ")
          .append(new WireDecimal(priceMantissa(i), priceDecimals(i), priceWireDecimals(i)))
          .append('x')
          .append(
              new WireDecimal(quantityMantissa(i), quantityDecimals(i), quantityWireDecimals(i)));
    }
    return text.append(']').toString();
  }
}
