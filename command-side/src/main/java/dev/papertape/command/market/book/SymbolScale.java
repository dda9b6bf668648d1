package dev.papertape.command.market.book;

import dev.papertape.command.market.Scale;
import java.util.ArrayList;
import java.util.List;

/**
 * The scale that all books of one symbol share. It only ever gets finer; when it does, every book
 * is rescaled exactly, or none is.
 */
final class SymbolScale {
  /** More decimals would leave fewer than six digits before the point. */
  static final int MAX_DECIMALS = 12;

  private final List<LevelBook> books = new ArrayList<>();
  private Scale scale = new Scale(0, 0);

  Scale scale() {
    return scale;
  }

  void share(LevelBook book) {
    book.rescale(scale);
    books.add(book);
  }

  /**
   * Makes room for values of these decimals. Throws {@link ArithmeticException}, and changes
   * nothing, if that is beyond {@link #MAX_DECIMALS} or some book's value would not fit.
   */
  void admit(int priceDecimals, int quantityDecimals) {
    if (priceDecimals <= scale.priceDecimals() && quantityDecimals <= scale.quantityDecimals()) {
      return;
    }
    if (Math.max(priceDecimals, quantityDecimals) > MAX_DECIMALS) {
      throw new ArithmeticException(
          "more than %d decimals: price %d, quantity %d"
              .formatted(MAX_DECIMALS, priceDecimals, quantityDecimals));
    }
    Scale before = scale;
    Scale finer =
        new Scale(
            Math.max(priceDecimals, before.priceDecimals()),
            Math.max(quantityDecimals, before.quantityDecimals()));
    for (LevelBook book : books) {
      book.requireFits(finer);
    }
    books.forEach(book -> book.rescale(finer));
    scale = finer;
  }
}
