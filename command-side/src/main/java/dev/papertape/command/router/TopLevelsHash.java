package dev.papertape.command.router;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.Scale;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Lower-case hex SHA-256 of {@code B|p:q;…|A|p:q;…} over the 20 best levels a side, in plain
 * decimals of the book's scale, each followed by a semicolon. Ties a quote to the book it came
 * from.
 */
public final class TopLevelsHash {
  private static final int LEVELS = 20;

  private TopLevelsHash() {}

  public static String of(OrderBook book) {
    StringBuilder text = new StringBuilder(1024).append("B|");
    append(text, book, BookSide.BID);
    text.append("|A|");
    append(text, book, BookSide.ASK);
    return sha256(text.toString());
  }

  private static void append(StringBuilder text, OrderBook book, BookSide side) {
    Scale scale = book.scale();
    int count = Math.min(LEVELS, book.levels(side));
    for (int level = 0; level < count; level++) {
      appendDecimal(text, book.price(side, level), scale.priceDecimals());
      text.append(':');
      appendDecimal(text, book.quantity(side, level), scale.quantityDecimals());
      text.append(';');
    }
  }

  /**
   * Of a non-negative scaled number; a {@code BigDecimal} a number would cost more than the hash.
   */
  private static void appendDecimal(StringBuilder text, long scaled, int decimals) {
    int start = text.length();
    text.append(scaled);
    if (decimals > 0) {
      while (text.length() - start <= decimals) {
        text.insert(start, '0');
      }
      text.insert(text.length() - decimals, '.');
    }
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
