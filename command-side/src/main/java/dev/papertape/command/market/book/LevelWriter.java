package dev.papertape.command.market.book;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.PriceLevels;

/** Writes a message's levels into a book, in the symbol's scale. */
final class LevelWriter {
  private final LevelBook book;
  private final SymbolScale scale;
  private final int levelsPerSide;

  LevelWriter(LevelBook book, SymbolScale scale, int levelsPerSide) {
    this.book = book;
    this.scale = scale;
    this.levelsPerSide = levelsPerSide;
  }

  /**
   * Sets all levels as one update. The book is good only after {@code InOrder}; {@code
   * Unverifiable} when a value does not fit the scale or the book grows beyond its bound.
   */
  Verdict write(PriceLevels bids, PriceLevels asks) {
    try {
      scale.admit(
          Math.max(bids.maxPriceDecimals(), asks.maxPriceDecimals()),
          Math.max(bids.maxQuantityDecimals(), asks.maxQuantityDecimals()));
      book.beginUpdate();
      write(BookSide.BID, bids);
      write(BookSide.ASK, asks);
    } catch (ArithmeticException overflow) {
      return new Verdict.Unverifiable("scale overflow: " + overflow.getMessage());
    }
    if (Math.max(book.levels(BookSide.BID), book.levels(BookSide.ASK)) > levelsPerSide) {
      return new Verdict.Unverifiable("more than " + levelsPerSide + " levels on a side");
    }
    return Verdict.IN_ORDER;
  }

  private void write(BookSide side, PriceLevels levels) {
    int priceDecimals = book.scale().priceDecimals();
    int quantityDecimals = book.scale().quantityDecimals();
    for (int i = 0; i < levels.size(); i++) {
      book.set(
          side,
          PowersOfTen.scaleUp(levels.priceMantissa(i), priceDecimals - levels.priceDecimals(i)),
          PowersOfTen.scaleUp(
              levels.quantityMantissa(i), quantityDecimals - levels.quantityDecimals(i)),
          levels.priceWireDecimals(i),
          levels.quantityWireDecimals(i));
    }
  }
}
