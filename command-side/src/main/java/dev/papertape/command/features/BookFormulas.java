package dev.papertape.command.features;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.Scale;

/** Formulas over a two-sided book, as the engine computes them: from its scaled numbers. */
final class BookFormulas {
  /** Levels of each side that count and are sampled. */
  static final int LEVELS = 5;

  private static final double BPS = 10_000;

  private BookFormulas() {}

  static double imbalance(OrderBook book) {
    double bid = weight(book, BookSide.BID);
    double ask = weight(book, BookSide.ASK);
    return (bid - ask) / (bid + ask);
  }

  /** The mid, weighted by the other side's quantity: the fuller side pushes. */
  static double micro(OrderBook book) {
    double bidQuantity = book.quantity(BookSide.BID, 0);
    double askQuantity = book.quantity(BookSide.ASK, 0);
    double bid = book.price(BookSide.BID, 0);
    double ask = book.price(BookSide.ASK, 0);
    double scaled = (bid * askQuantity + ask * bidQuantity) / (bidQuantity + askQuantity);
    return scaled / unit(book.scale());
  }

  static double spreadBps(OrderBook book) {
    double bid = book.price(BookSide.BID, 0);
    double ask = book.price(BookSide.ASK, 0);
    return BPS * (ask - bid) / ((bid + ask) / 2);
  }

  /** A double, since five levels may come to more than a long holds. */
  private static double weight(OrderBook book, BookSide side) {
    double sum = 0;
    for (int level = 0; level < Math.min(LEVELS, book.levels(side)); level++) {
      sum += book.quantity(side, level);
    }
    return sum;
  }

  private static double unit(Scale scale) {
    return Math.pow(10, scale.priceDecimals());
  }
}
