package dev.papertape.command.market.wire;

import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.WireDecimal;
import java.util.Arrays;

/**
 * Reads levels straight into packed arrays, which are reused from frame to frame: whole sides as
 * {@code [["price","quantity"], …]}, or one level after the other where the wire has objects.
 */
public final class LevelsReader {
  private static final int MAX_DIGITS = 18;
  private static final int MAX_LEVELS = 200_000;
  private static final long[] POWERS = new long[MAX_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i <= MAX_DIGITS; i++) {
      POWERS[i] = 10 * POWERS[i - 1];
    }
  }

  private final boolean quoted;
  private long[] values = new long[512];
  private byte[] formats = new byte[512];
  private int size;

  private LevelsReader(boolean quoted) {
    this.quoted = quoted;
  }

  /** Of a wire whose decimals are strings; a bare number is no decimal there. */
  public static LevelsReader ofStrings() {
    return new LevelsReader(true);
  }

  /** Of a wire whose decimals are numbers; a string is no decimal there. */
  public static LevelsReader ofNumbers() {
    return new LevelsReader(false);
  }

  public void clear() {
    size = 0;
  }

  /** Reads a whole side, replacing what was read before. */
  public void read(JsonCursor cursor) {
    size = 0;
    cursor.expect('[');
    if (cursor.take(']')) {
      return;
    }
    do {
      pair(cursor);
    } while (cursor.take(','));
    cursor.expect(']');
  }

  /** Adds the level {@code ["price","quantity", …]}; further elements are skipped. */
  public void pair(JsonCursor cursor) {
    cursor.expect('[');
    makeRoom(cursor);
    price(cursor);
    cursor.expect(',');
    decimal(cursor, 2 * size + 1);
    while (cursor.take(',')) {
      cursor.skipValue(); // Binance in 2018: an empty one; Kraken v1: time and "r".
    }
    cursor.expect(']');
    size++;
  }

  /** Adds the level whose values stand at these positions; the cursor's position stays. */
  public void level(JsonCursor cursor, int priceAt, int quantityAt) {
    int back = cursor.position();
    makeRoom(cursor);
    cursor.seek(priceAt);
    price(cursor);
    cursor.seek(quantityAt);
    decimal(cursor, 2 * size + 1);
    cursor.seek(back);
    size++;
  }

  public PriceLevels levels() {
    return size == 0 ? PriceLevels.NONE : new PriceLevels(values, formats, size);
  }

  /** One decimal on its own; forgets the levels. */
  public WireDecimal single(JsonCursor cursor) {
    size = 0;
    decimal(cursor, 0);
    return new WireDecimal(values[0], formats[0] & 0xF, (formats[0] >> 4) & 0xF);
  }

  private void makeRoom(JsonCursor cursor) {
    if (size == MAX_LEVELS) {
      throw cursor.bad("more than " + MAX_LEVELS + " levels");
    }
    if (2 * size == values.length) {
      values = Arrays.copyOf(values, 4 * size);
      formats = Arrays.copyOf(formats, 4 * size);
    }
  }

  private void price(JsonCursor cursor) {
    decimal(cursor, 2 * size);
    if (values[2 * size] == 0) {
      throw cursor.bad("a price of 0");
    }
  }

  /** Digits, and perhaps a point and digits; nothing else is a price on a wire. */
  private void decimal(JsonCursor cursor, int slot) {
    if (quoted) {
      cursor.expect('"');
    } else {
      cursor.peek(); // White space may stand in front of a number, never within quotes.
    }
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
    end(cursor, next);
    values[slot] = mantissa;
    formats[slot] = PriceLevels.format(decimals, wireDecimals);
  }

  private void end(JsonCursor cursor, byte next) {
    if (quoted ? next == '"' : endsNumber(next)) {
      if (!quoted && next != 0) {
        cursor.seek(cursor.position() - 1);
      }
      return;
    }
    throw cursor.bad("expected a decimal");
  }

  private static boolean endsNumber(byte next) {
    return switch (next) {
      case ',', ']', '}', ' ', '\t', '\r', '\n', 0 -> true;
      default -> false;
    };
  }
}
