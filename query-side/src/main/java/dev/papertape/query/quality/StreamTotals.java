package dev.papertape.query.quality;

import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.StreamCounts;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Counts of one stream over all lives of the engine. */
record StreamTotals(
    long received,
    long accepted,
    long flagged,
    long rejected,
    long quarantined,
    Map<QualityReason, Long> byReason,
    long gaps,
    long resyncs,
    @Nullable Long verified,
    @Nullable Instant lastAt) {
  static final StreamTotals NONE = new StreamTotals(0, 0, 0, 0, 0, Map.of(), 0, 0, null, null);

  /** With what another life has counted so far. */
  StreamTotals plus(StreamCounts life) {
    Map<QualityReason, Long> reasons = new TreeMap<>(Comparator.comparing(QualityReason::name));
    reasons.putAll(byReason);
    life.byReason().forEach((reason, found) -> reasons.merge(reason, found, Long::sum));
    Long proved = life.verified();
    return new StreamTotals(
        received + life.received(),
        accepted + life.accepted(),
        flagged + life.flagged(),
        rejected + life.rejected(),
        quarantined + life.quarantined(),
        reasons,
        gaps + life.gaps(),
        resyncs + life.resyncs(),
        proved == null ? verified : Long.valueOf(proved + (verified == null ? 0 : verified)),
        life.lastAt() == null ? lastAt : life.lastAt());
  }

  /** How often each reason was found, by its name. */
  Map<String, Long> reasons() {
    Map<String, Long> reasons = new TreeMap<>();
    byReason.forEach((reason, found) -> reasons.put(reason.name(), found));
    return reasons;
  }

  @Nullable Double verifiedPercent() {
    return verified == null || received == 0 ? null : 100.0 * verified / received;
  }
}
