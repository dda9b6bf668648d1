package dev.papertape.command.router;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.Scale;
import dev.papertape.eventstore.json.CanonicalJson;
import java.nio.charset.StandardCharsets;

/**
 * Lower-case hex SHA-256 of {@code B|p:q;…|A|p:q;…} over the 20 best levels a side, in plain
 * decimals of the book's scale. Ties a quote to the book it came from.
 */
public final class TopLevelsHash {
  private static final int LEVELS = 20;

  private TopLevelsHash() {}

  public static String of(OrderBook book) {
    StringBuilder text = new StringBuilder(1024).append("B|");
    append(text, book, BookSide.BID);
    text.append("|A|");
    append(text, book, BookSide.ASK);
    return CanonicalJson.sha256Hex(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static void append(StringBuilder text, OrderBook book, BookSide side) {
    Scale scale = book.scale();
    int count = Math.min(LEVELS, book.levels(side));
    for (int level = 0; level < count; level++) {
      if (level > 0) {
        text.append(';');
      }
      appendDecimal(text, book.price(side, level), scale.priceDecimals());
      text.append(':');
      appendDecimal(text, book.quantity(side, level), scale.quantityDecimals());
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
}
