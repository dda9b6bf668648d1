package dev.papertape.query.market;

import dev.papertape.eventstore.market.StoredCandle;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Usable minutes in a row as one bar: the first one's open, the highest high, the lowest low, the
 * last one's close, the sum of volumes. Exact, so any split into parts sums up to the same.
 *
 * @param notional Σ vwap · volume, null where a minute that traded has no vwap
 * @param trades null where a minute has no count
 * @param minutes how many it is made of
 * @param flags reasons of flagged minutes among them, sorted
 */
record BarSum(
    BigDecimal open,
    BigDecimal high,
    BigDecimal low,
    BigDecimal close,
    BigDecimal volume,
    @Nullable BigDecimal notional,
    @Nullable Long trades,
    int minutes,
    List<String> flags) {

  static BarSum of(StoredCandle minute) {
    BigDecimal vwap = minute.volume().signum() == 0 ? BigDecimal.ZERO : minute.vwap();
    return new BarSum(
        minute.open(),
        minute.high(),
        minute.low(),
        minute.close(),
        minute.volume(),
        vwap == null ? null : vwap.multiply(minute.volume()),
        minute.trades(),
        1,
        List.copyOf(new TreeSet<>(minute.reasons())));
  }

  /** This one and the later one. */
  BarSum then(BarSum later) {
    return new BarSum(
        open,
        high.max(later.high),
        low.min(later.low),
        later.close,
        volume.add(later.volume),
        notional == null || later.notional == null ? null : notional.add(later.notional),
        trades == null || later.trades == null ? null : (Long) (trades + later.trades),
        minutes + later.minutes,
        union(flags, later.flags));
  }

  private static List<String> union(Collection<String> a, Collection<String> b) {
    TreeSet<String> all = new TreeSet<>(a);
    all.addAll(b);
    return List.copyOf(all);
  }

  /** Volume-weighted mean price to 16 digits; null without volume or where it is not known. */
  @Nullable BigDecimal vwap() {
    return notional == null || volume.signum() == 0
        ? null
        : notional.divide(volume, MathContext.DECIMAL64);
  }
}
