package dev.papertape.benchmarks.router;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.Scale;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueLatency;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A fixed book of {@code depth} levels a side around 60,000 with steps and sizes like BTC-USDT's.
 */
final class SyntheticBook implements BookView, OrderBook {
  static final Symbol SYMBOL = new Symbol("BTC-USDT");
  static final Instant NOW = Instant.parse("2024-08-08T12:00:00Z");

  private static final Scale SCALE = new Scale(2, 5);
  private static final long MIDDLE = 6_000_000;

  private final Instrument instrument;
  private final long[] bidPrices;
  private final long[] askPrices;
  private final long[] bidQuantities;
  private final long[] askQuantities;

  SyntheticBook(String venue, double takerBps, int depth, SplittableRandom random) {
    this.instrument =
        new Instrument(
            new Venue(venue),
            new InstrumentRules(
                SYMBOL,
                "BTCUSDT",
                new BigDecimal("0.01"),
                new BigDecimal("0.00001"),
                new BigDecimal("5")),
            SCALE,
            new VenueFees(0, takerBps),
            new VenueLatency(5, 20, 5));
    long middle = MIDDLE + random.nextInt(200) - 100;
    this.bidPrices = prices(middle, -1, depth, random);
    this.askPrices = prices(middle, 1, depth, random);
    this.bidQuantities = quantities(depth, random);
    this.askQuantities = quantities(depth, random);
  }

  private static long[] prices(long middle, int direction, int depth, SplittableRandom random) {
    long[] prices = new long[depth];
    long price = middle;
    for (int level = 0; level < depth; level++) {
      price += direction * (1 + random.nextInt(60));
      prices[level] = price;
    }
    return prices;
  }

  private static long[] quantities(int depth, SplittableRandom random) {
    long[] quantities = new long[depth];
    for (int level = 0; level < depth; level++) {
      quantities[level] = 100 + random.nextInt(50_000);
    }
    return quantities;
  }

  /** All that is displayed on the side, base units. */
  BigDecimal displayed(BookSide side) {
    long sum = 0;
    for (long quantity : side == BookSide.BID ? bidQuantities : askQuantities) {
      sum += quantity;
    }
    return SCALE.quantity(sum);
  }

  @Override
  public Instrument instrument() {
    return instrument;
  }

  @Override
  public OrderBook book() {
    return this;
  }

  @Override
  public BookState state(Instant feedTime) {
    return BookState.SYNCED;
  }

  @Override
  public @Nullable Long sequence() {
    return 1L;
  }

  @Override
  public @Nullable Instant exchangeTime() {
    return NOW;
  }

  @Override
  public @Nullable Instant receivedAt() {
    return NOW;
  }

  @Override
  public long brokenMessages() {
    return 0;
  }

  @Override
  public long messages() {
    return 1;
  }

  @Override
  public @Nullable Double verifiedPercent() {
    return null;
  }

  @Override
  public Scale scale() {
    return SCALE;
  }

  @Override
  public int levels(BookSide side) {
    return bidPrices.length;
  }

  @Override
  public long price(BookSide side, int level) {
    return side == BookSide.BID ? bidPrices[level] : askPrices[level];
  }

  @Override
  public long quantity(BookSide side, int level) {
    return side == BookSide.BID ? bidQuantities[level] : askQuantities[level];
  }

  @Override
  public long revision(BookSide side, int level) {
    return 1;
  }

  @Override
  public int indexOf(BookSide side, long price) {
    for (int level = 0; level < bidPrices.length; level++) {
      if (price(side, level) == price) {
        return level;
      }
    }
    return -1;
  }
}
