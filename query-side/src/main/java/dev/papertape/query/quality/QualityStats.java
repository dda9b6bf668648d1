package dev.papertape.query.quality;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.StreamState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/data-quality/stats}.
 *
 * @param reconciled whether in every stream, and so in total, received = accepted + rejected +
 *     quarantined.total and quarantined.total = open + released + discarded
 */
record QualityStats(List<StreamView> streams, Totals totals, boolean reconciled) {

  /**
   * @param symbol null for frames that cannot be told to be of any symbol
   * @param accepted passed or flagged
   * @param flagged those of the accepted that a guard found odd
   * @param verifiedPercent of the received, proved to be in their place; null where nothing proves
   * @param staleMs feed time since the newest record, null before the first
   */
  record StreamView(
      Venue venue,
      @Nullable Symbol symbol,
      Channel channel,
      long received,
      long accepted,
      long flagged,
      long rejected,
      Quarantined quarantined,
      Map<String, Long> byReason,
      long gaps,
      long resyncs,
      @Nullable Double verifiedPercent,
      @Nullable Instant lastAt,
      @Nullable Long staleMs,
      StreamState state) {

    boolean reconciles() {
      return received == accepted + rejected + quarantined.total()
          && quarantined.total()
              == quarantined.open() + quarantined.released() + quarantined.discarded();
    }
  }

  /** Records put aside, and what became of them. */
  record Quarantined(long total, long open, long released, long discarded) {
    Quarantined plus(Quarantined other) {
      return new Quarantined(
          total + other.total,
          open + other.open,
          released + other.released,
          discarded + other.discarded);
    }
  }

  /** Sums over all streams. */
  record Totals(
      long received,
      long accepted,
      long flagged,
      long rejected,
      Quarantined quarantined,
      Map<String, Long> byReason,
      long gaps,
      long resyncs) {
    private static Totals of(List<StreamView> streams) {
      Map<String, Long> reasons = new TreeMap<>();
      Quarantined quarantined = new Quarantined(0, 0, 0, 0);
      for (StreamView stream : streams) {
        quarantined = quarantined.plus(stream.quarantined());
        stream.byReason().forEach((reason, found) -> reasons.merge(reason, found, Long::sum));
      }
      return new Totals(
          streams.stream().mapToLong(StreamView::received).sum(),
          streams.stream().mapToLong(StreamView::accepted).sum(),
          streams.stream().mapToLong(StreamView::flagged).sum(),
          streams.stream().mapToLong(StreamView::rejected).sum(),
          quarantined,
          reasons,
          streams.stream().mapToLong(StreamView::gaps).sum(),
          streams.stream().mapToLong(StreamView::resyncs).sum());
    }
  }

  static QualityStats of(List<StreamView> streams) {
    return new QualityStats(
        streams, Totals.of(streams), streams.stream().allMatch(StreamView::reconciles));
  }
}
