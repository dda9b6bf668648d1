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

  private BookChecksum() {}

  /** Unsigned, 0 to 2³² − 1. */
  static long of(LevelBook book) {
    byte[] text = new byte[4 * LEVELS * LONGEST_NUMBER];
    int length = side(book, BookSide.ASK, text, 0);
    length = side(book, BookSide.BID, text, length);
    CRC32 crc = new CRC32();
    crc.update(text, 0, length);
    return crc.getValue();
  }

  /** The text that {@link #of} sums up. */
  static String text(LevelBook book) {
    byte[] text = new byte[4 * LEVELS * LONGEST_NUMBER];
    int length = side(book, BookSide.ASK, text, 0);
    length = side(book, BookSide.BID, text, length);
    return new String(text, 0, length, StandardCharsets.US_ASCII);
  }

  private static int side(LevelBook book, BookSide side, byte[] text, int from) {
    int at = from;
    int priceDecimals = book.scale().priceDecimals();
    int quantityDecimals = book.scale().quantityDecimals();
    for (int i = 0; i < Math.min(LEVELS, book.levels(side)); i++) {
      at = digits(book.price(side, i), book.priceWireDecimals(side, i) - priceDecimals, text, at);
      at =
          digits(
              book.quantity(side, i),
              book.quantityWireDecimals(side, i) - quantityDecimals,
              text,
              at);
    }
    return at;
  }

  /** Digits of {@code value · 10^shift}, which is whole; a wire number has at most 18 digits. */
  private static int digits(long value, int shift, byte[] text, int from) {
    long rest = shift >= 0 ? value : value / PowersOfTen.of(-shift);
    int length = 0;
    for (long left = rest; left > 0; left /= 10) {
      length++;
    }
    for (int i = from + length - 1; i >= from; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    for (int i = 0; i < shift; i++) {
      text[from + length + i] = '0';
    }
    return from + length + Math.max(0, shift);
  }
}
