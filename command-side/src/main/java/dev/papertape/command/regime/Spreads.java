package dev.papertape.command.regime;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.OrderBook;
import java.util.Arrays;
import java.util.List;

/** Quoted spreads of several books of one symbol. */
final class Spreads {
  private static final double BPS = 10_000;

  private Spreads() {}

  /**
   * Median of (ask − bid) / mid: one venue's broken or widened book is no stress of the market.
   *
   * @param books two-sided ones
   * @return NaN for no book
   */
  static double medianBps(List<? extends BookView> books) {
    if (books.isEmpty()) {
      return Double.NaN;
    }
    double[] spreads = new double[books.size()];
    for (int i = 0; i < spreads.length; i++) {
      OrderBook book = books.get(i).book();
      double bid = book.price(BookSide.BID, 0);
      double ask = book.price(BookSide.ASK, 0);
      spreads[i] = BPS * (ask - bid) / ((bid + ask) / 2);
    }
    Arrays.sort(spreads);
    int middle = spreads.length / 2;
    return spreads.length % 2 == 1 ? spreads[middle] : (spreads[middle - 1] + spreads[middle]) / 2;
  }
}
