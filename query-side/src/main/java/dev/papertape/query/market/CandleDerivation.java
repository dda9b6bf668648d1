package dev.papertape.query.market;

import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.eventstore.market.Span;
import dev.papertape.eventstore.market.StoredCandle;
import dev.papertape.query.market.CandleView.MinuteCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes candles of an interval out of one-minute ones. An interval lies on the grid of the UTC day;
 * its candle is the {@link BarSum} of its usable minutes. An interval without one has no candle.
 */
final class CandleDerivation {
  private static final CandleInterval MINUTE = CandleInterval.ONE_MINUTE;

  private final CandleInterval interval;
  private final List<Span> coverage;

  /**
   * @param coverage minutes whose candles are complete, in order, without overlap
   */
  CandleDerivation(CandleInterval interval, List<Span> coverage) {
    this.interval = interval;
    this.coverage = coverage;
  }

  /**
   * @param minutes newest first
   * @return newest first; of one minute each as it is, quarantined ones included
   */
  List<CandleView> derive(List<StoredCandle> minutes) {
    List<CandleView> candles = new ArrayList<>();
    for (int first = 0; first < minutes.size(); ) {
      Instant open = interval.startOf(minutes.get(first).openTime());
      int end = first;
      while (end < minutes.size() && !minutes.get(end).openTime().isBefore(open)) {
        end++;
      }
      List<StoredCandle> within = minutes.subList(first, end);
      CandleView candle = interval == MINUTE ? asItIs(within.getFirst()) : sum(open, within);
      if (candle != null) {
        candles.add(candle);
      }
      first = end;
    }
    return candles;
  }

  private static boolean isQuarantined(StoredCandle candle) {
    return candle.state().equals(StoredCandle.QUARANTINED);
  }

  private static CandleView asItIs(StoredCandle candle) {
    boolean bad = isQuarantined(candle);
    return new CandleView(
        candle.openTime(),
        candle.open(),
        candle.high(),
        candle.low(),
        candle.close(),
        candle.volume(),
        candle.volume().signum() == 0 ? null : candle.vwap(),
        candle.trades(),
        candle.state(),
        candle.reasons(),
        new MinuteCounts(bad ? 0 : 1, 0, bad ? 1 : 0, 0),
        !bad,
        candle.source(),
        candle.revision(),
        candle.receivedAt());
  }

  private @Nullable CandleView sum(Instant open, List<StoredCandle> newestFirst) {
    BarSum sum = null;
    for (StoredCandle minute : newestFirst.reversed()) {
      if (!isQuarantined(minute)) {
        sum = sum == null ? BarSum.of(minute) : sum.then(BarSum.of(minute));
      }
    }
    if (sum == null) {
      return null;
    }
    MinuteCounts counts = count(open, newestFirst);
    return new CandleView(
        open,
        sum.open(),
        sum.high(),
        sum.low(),
        sum.close(),
        sum.volume(),
        sum.vwap(),
        sum.trades(),
        sum.flags().isEmpty() ? StoredCandle.ACCEPTED : StoredCandle.FLAGGED,
        sum.flags(),
        counts,
        counts.quarantined() == 0 && counts.missing() == 0,
        null,
        null,
        null);
  }

  private MinuteCounts count(Instant open, List<StoredCandle> within) {
    int expected = (int) interval.length().dividedBy(MINUTE.length());
    int quarantined = (int) within.stream().filter(CandleDerivation::isQuarantined).count();
    int coveredWithCandle = 0;
    for (StoredCandle candle : within) {
      coveredWithCandle += (int) covered(candle.openTime(), MINUTE.length());
    }
    int quiet = (int) covered(open, interval.length()) - coveredWithCandle;
    return new MinuteCounts(
        within.size() - quarantined, quiet, quarantined, expected - within.size() - quiet);
  }

  /** Minutes of the span that are covered. */
  private long covered(Instant from, Duration length) {
    Instant to = from.plus(length);
    long minutes = 0;
    for (Span span : coverage) {
      Instant start = span.from().isAfter(from) ? span.from() : from;
      Instant end = span.to().isBefore(to) ? span.to() : to;
      if (start.isBefore(end)) {
        minutes += Duration.between(start, end).toMinutes();
      }
    }
    return minutes;
  }
}
