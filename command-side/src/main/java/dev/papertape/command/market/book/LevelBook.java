package dev.papertape.command.market.book;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.Scale;
import java.math.BigDecimal;

/** What this package may do to a book. Scaled values; wire decimals ride along for exact text. */
interface LevelBook extends OrderBook {

  /** Starts the next update: levels set from here on carry its number as their revision. */
  void beginUpdate();

  /** Empties both sides; revisions go on counting. */
  void clear();

  /** Sets a level's absolute quantity; 0 removes the level, if it is there. */
  void set(
      BookSide side, long price, long quantity, int priceWireDecimals, int quantityWireDecimals);

  /** Forgets the levels of each side beyond the {@code depth} best. */
  void truncate(int depth);

  /** Throws {@link ArithmeticException} if a value would not fit into {@code finer}. */
  void requireFits(Scale finer);

  /**
   * Makes every value as fine as {@code finer}, which has no fewer decimals than {@link #scale()}
   * and {@link #requireFits fits}.
   */
  void rescale(Scale finer);

  int priceWireDecimals(BookSide side, int level);

  int quantityWireDecimals(BookSide side, int level);

  /** The price as the wire wrote it, trailing zeros included. */
  default String wirePrice(BookSide side, int level) {
    return wire(scale().price(price(side, level)), priceWireDecimals(side, level));
  }

  /** The quantity as the wire wrote it, trailing zeros included. */
  default String wireQuantity(BookSide side, int level) {
    return wire(scale().quantity(quantity(side, level)), quantityWireDecimals(side, level));
  }

  /** Whether the best bid is above the best ask; equal (locked) is legal. */
  default boolean crossed() {
    return levels(BookSide.BID) > 0
        && levels(BookSide.ASK) > 0
        && price(BookSide.BID, 0) > price(BookSide.ASK, 0);
  }

  private static String wire(BigDecimal value, int wireDecimals) {
    return value.setScale(wireDecimals).toPlainString();
  }
}
