package dev.papertape.command.market.binance;

import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.WireDecimal;
import java.util.Arrays;

/**
 * Reads {@code [["price","quantity"], …]} straight into packed levels; its arrays are reused from
 * frame to frame.
 */
final class LevelsReader {
  private static final int MAX_DIGITS = 18;
  private static final int MAX_LEVELS = 20_000;
  private static final long[] POWERS = new long[MAX_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i <= MAX_DIGITS; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private long[] values = new long[512];
  private byte[] formats = new byte[512];
  private int size;

  void read(JsonCursor cursor) {
    size = 0;
    cursor.expect('[');
    if (cursor.take(']')) {
      return;
    }
    do {
      if (size == MAX_LEVELS) {
        throw cursor.bad("more than " + MAX_LEVELS + " levels");
      }
      if (2 * size == values.length) {
        values = Arrays.copyOf(values, 4 * size);
        formats = Arrays.copyOf(formats, 4 * size);
      }
      cursor.expect('[');
      decimal(cursor, 2 * size);
      if (values[2 * size] == 0) {
        throw cursor.bad("a price of 0");
      }
      cursor.expect(',');
      decimal(cursor, 2 * size + 1);
      while (cursor.take(',')) {
        cursor.skipValue(); // The wire of 2018 had an empty third element.
      }
      cursor.expect(']');
      size++;
    } while (cursor.take(','));
    cursor.expect(']');
  }

  PriceLevels levels() {
    return size == 0 ? PriceLevels.NONE : new PriceLevels(values, formats, size);
  }

  /** One decimal in quotes, on its own. */
  WireDecimal single(JsonCursor cursor) {
    decimal(cursor, 0);
    return new WireDecimal(values[0], formats[0] & 0xF, (formats[0] >> 4) & 0xF);
  }

  /** Digits, and perhaps a point and digits, in quotes; nothing else is a price on this wire. */
  private void decimal(JsonCursor cursor, int slot) {
    cursor.expect('"');
    long mantissa = 0;
    int digits = 0;
    byte next = cursor.next();
    if (next < '0' || next > '9') {
      throw cursor.bad("expected a decimal");
    }
    for (; next >= '0' && next <= '9'; next = cursor.next()) {
      mantissa = 10 * mantissa + (next - '0');
      digits += mantissa == 0 ? 0 : 1;
      if (digits > MAX_DIGITS) {
        throw cursor.bad("more than " + MAX_DIGITS + " digits");
      }
    }
    int decimals = 0;
    int wireDecimals = 0;
    if (next == '.') {
      for (next = cursor.next(); next >= '0' && next <= '9'; next = cursor.next()) {
        wireDecimals++;
        if (next != '0') {
          int zerosAndDigit = wireDecimals - decimals;
          digits += mantissa == 0 ? 1 : zerosAndDigit;
          if (digits > MAX_DIGITS || wireDecimals > WireDecimal.MAX_DECIMALS) {
            throw cursor.bad("more than " + MAX_DIGITS + " digits");
          }
          mantissa = mantissa * POWERS[zerosAndDigit] + (next - '0');
          decimals = wireDecimals;
        }
      }
      if (wireDecimals == 0 || wireDecimals > WireDecimal.MAX_DECIMALS) {
        throw cursor.bad("1 to " + WireDecimal.MAX_DECIMALS + " decimals after the point");
      }
    }
    if (next != '"') {
      throw cursor.bad("expected a decimal");
    }
    values[slot] = mantissa;
    formats[slot] = PriceLevels.format(decimals, wireDecimals);
  }
}
