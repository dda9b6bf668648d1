package dev.papertape.command.market.book;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.PriceLevels;
import org.jspecify.annotations.Nullable;

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
   * Sets all levels as one update. Null, or why the book is not to be used: a value does not fit
   * the scale, or the book grew beyond its bound.
   */
  @Nullable Break write(PriceLevels bids, PriceLevels asks) {
    try {
      scale.admit(
          Math.max(bids.maxPriceDecimals(), asks.maxPriceDecimals()),
          Math.max(bids.maxQuantityDecimals(), asks.maxQuantityDecimals()));
      book.beginUpdate();
      write(BookSide.BID, bids);
      write(BookSide.ASK, asks);
    } catch (ArithmeticException overflow) {
      return Break.of(Break.Reason.MALFORMED);
    }
    return Math.max(book.levels(BookSide.BID), book.levels(BookSide.ASK)) > levelsPerSide
        ? Break.of(Break.Reason.MALFORMED)
        : null;
  }

  private void write(BookSide side, PriceLevels levels) {
    int size = levels.size();
    // A whole book comes best first, and the best is cheapest to set last.
    if (bestFirst(side, levels)) {
      for (int i = size - 1; i >= 0; i--) {
        set(side, levels, i);
      }
    } else {
      for (int i = 0; i < size; i++) {
        set(side, levels, i);
      }
    }
  }

  private void set(BookSide side, PriceLevels levels, int i) {
    book.set(
        side,
        price(levels, i),
        PowersOfTen.scaleUp(
            levels.quantityMantissa(i),
            book.scale().quantityDecimals() - levels.quantityDecimals(i)),
        levels.priceWireDecimals(i),
        levels.quantityWireDecimals(i));
  }

  /** Strictly, so that the order in which levels are set makes no difference. */
  private boolean bestFirst(BookSide side, PriceLevels levels) {
    for (int i = 1; i < levels.size(); i++) {
      if (!side.better(price(levels, i - 1), price(levels, i))) {
        return false;
      }
    }
    return true;
  }

  private long price(PriceLevels levels, int i) {
    return PowersOfTen.scaleUp(
        levels.priceMantissa(i), book.scale().priceDecimals() - levels.priceDecimals(i));
  }
}
