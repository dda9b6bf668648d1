package dev.papertape.command.features.parity;

import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.eventstore.features.BookSample;
import dev.papertape.eventstore.features.BookSample.Level;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Formulas over stored samples, in decimals. Null where there is no value. */
final class SampleBacktest {
  private static final MathContext DIGITS = MathContext.DECIMAL128;
  private static final BigDecimal BPS = new BigDecimal(10_000);
  private static final BigDecimal TWO = new BigDecimal(2);

  private SampleBacktest() {}

  static double imbalance(BookSample sample) {
    return ratio(quantity(sample.bids()), quantity(sample.asks()));
  }

  static double micro(BookSample sample) {
    Level bid = sample.bids().getFirst();
    Level ask = sample.asks().getFirst();
    BigDecimal weighted =
        bid.price().multiply(ask.quantity()).add(ask.price().multiply(bid.quantity()));
    return weighted.divide(bid.quantity().add(ask.quantity()), DIGITS).doubleValue();
  }

  static double spreadBps(BookSample sample) {
    BigDecimal spread = sample.asks().getFirst().price().subtract(sample.bids().getFirst().price());
    return BPS.multiply(spread).divide(mid(sample), DIGITS).doubleValue();
  }

  /**
   * Over the samples before {@code end} (exclusive), oldest first, one venue's; null unless those
   * of the look-back and the one before stand in consecutive seconds.
   */
  static @Nullable Double tradeFlow(List<BookSample> samples, int end) {
    int seconds = BuiltInFeatures.TRADE_FLOW_IMBALANCE.lookBack();
    int first = end - seconds;
    if (first < 1 || second(samples.get(end - 1)) - second(samples.get(first - 1)) != seconds) {
      return null;
    }
    BigDecimal bought = BigDecimal.ZERO;
    BigDecimal sold = BigDecimal.ZERO;
    for (BookSample sample : samples.subList(first, end)) {
      bought = bought.add(sample.bought());
      sold = sold.add(sample.sold());
    }
    return bought.signum() == 0 && sold.signum() == 0 ? null : ratio(bought, sold);
  }

  /** Median of the mids of one moment's samples. */
  static double commonMid(List<BookSample> samples) {
    List<BigDecimal> mids = samples.stream().map(SampleBacktest::mid).sorted().toList();
    BigDecimal low = mids.get((mids.size() - 1) / 2);
    return low.add(mids.get(mids.size() / 2)).divide(TWO).doubleValue();
  }

  private static BigDecimal mid(BookSample sample) {
    return sample.bids().getFirst().price().add(sample.asks().getFirst().price()).divide(TWO);
  }

  private static BigDecimal quantity(List<Level> levels) {
    return levels.stream().map(Level::quantity).reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private static double ratio(BigDecimal a, BigDecimal b) {
    return a.subtract(b).divide(a.add(b), DIGITS).doubleValue();
  }

  private static long second(BookSample sample) {
    return sample.at().getEpochSecond();
  }
}
