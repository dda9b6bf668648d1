package dev.papertape.command.market.book;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.WireDecimal;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Kraken's CRC32 of a book: the ten best asks from low to high, then the ten best bids from high to
 * low, each as price and quantity in the wire's own digits without point and leading zeros.
 */
final class BookChecksum {
  static final int LEVELS = 10;

  /** 18 digits that count, and zeros behind them. */
  private static final int LONGEST_NUMBER = 18 + WireDecimal.MAX_DECIMALS;

  private static final int LONGEST_TEXT = 4 * LEVELS * LONGEST_NUMBER;

  private BookChecksum() {}

  /** Unsigned, 0 to 2³² − 1. */
  static long of(LevelBook book) {
    byte[] text = new byte[LONGEST_TEXT];
    int from = fill(book, text);
    CRC32 crc = new CRC32();
    crc.update(text, from, text.length - from);
    return crc.getValue();
  }

  /** The text that {@link #of} sums up. */
  static String text(LevelBook book) {
    byte[] text = new byte[LONGEST_TEXT];
    int from = fill(book, text);
    return new String(text, from, text.length - from, StandardCharsets.US_ASCII);
  }

  /** From the last digit to the first, so that nobody needs to know how many there will be. */
  private static int fill(LevelBook book, byte[] text) {
    return side(book, BookSide.ASK, text, side(book, BookSide.BID, text, text.length));
  }

  private static int side(LevelBook book, BookSide side, byte[] text, int end) {
    int at = end;
    int priceDecimals = book.scale().priceDecimals();
    int quantityDecimals = book.scale().quantityDecimals();
    for (int i = Math.min(LEVELS, book.levels(side)) - 1; i >= 0; i--) {
      at =
          digits(
              book.quantity(side, i),
              book.quantityWireDecimals(side, i) - quantityDecimals,
              text,
              at);
      at = digits(book.price(side, i), book.priceWireDecimals(side, i) - priceDecimals, text, at);
    }
    return at;
  }

  /**
   * Writes the digits of {@code value · 10^shift}, which is whole, up to {@code end}; a wire number
   * has at most 18 digits.
   *
   * @return where they start
   */
  private static int digits(long value, int shift, byte[] text, int end) {
    int at = end;
    for (int i = 0; i < shift; i++) {
      text[--at] = '0';
    }
    for (long rest = shift >= 0 ? value : value / PowersOfTen.of(-shift); rest > 0; rest /= 10) {
      text[--at] = (byte) ('0' + rest % 10);
    }
    return at;
  }
}
