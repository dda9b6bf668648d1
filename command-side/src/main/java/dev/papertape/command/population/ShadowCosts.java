package dev.papertape.command.population;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.router.Decimals;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a shadow book pays for a trade beside the mid: of the venues that make the mid, the median
 * half spread and the median taker fee, each without a size.
 *
 * @param halfSpread quote units a base unit, &ge; 0
 * @param takerFee share of the notional, for example 0.001
 */
public record ShadowCosts(BigDecimal halfSpread, BigDecimal takerFee) {
  private static final BigDecimal HALF = new BigDecimal("0.5");

  /**
   * @param books of one symbol, synced, fresh and two-sided; at least one
   */
  public static ShadowCosts of(List<? extends BookView> books) {
    return new ShadowCosts(
        median(books.stream().map(ShadowCosts::spread).sorted().toList()).multiply(HALF),
        median(
                books.stream()
                    .map(view -> BigDecimal.valueOf(view.instrument().fees().takerBps()))
                    .sorted()
                    .toList())
            .movePointLeft(4));
  }

  private static BigDecimal spread(BookView view) {
    OrderBook book = view.book();
    long ticks = book.price(BookSide.ASK, 0) - book.price(BookSide.BID, 0);
    return BigDecimal.valueOf(ticks, book.scale().priceDecimals());
  }

  private static BigDecimal median(List<BigDecimal> sorted) {
    BigDecimal low = sorted.get((sorted.size() - 1) / 2);
    BigDecimal high = sorted.get(sorted.size() / 2);
    return Decimals.tidy(low.add(high).multiply(HALF));
  }
}
