package dev.papertape.query.audit;

import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.quality.QualityEvent.QuarantineEvent;
import dev.papertape.contracts.quality.StreamCounts;

/** What became of market data, in a sentence. */
final class QualitySummary {
  private QualitySummary() {}

  static String of(QualityEvent event) {
    return switch (event) {
      case QualityEvent.RecordQuarantined record ->
          "Put %d record(s) of %s aside, %s: %s"
              .formatted(record.records(), stream(record), record.reason(), record.detail());
      case QualityEvent.QuarantineReleased released ->
          "Released %d record(s) of %s by %s (the guard says %s): %s"
              .formatted(
                  released.records(),
                  stream(released),
                  released.by(),
                  released.guard().verdict(),
                  released.reason());
      case QualityEvent.QuarantineDiscarded discarded ->
          "Discarded %d record(s) of %s by %s: %s"
              .formatted(
                  discarded.records(), stream(discarded), discarded.by(), discarded.reason());
      case QualityEvent.QualityObserved observed ->
          "Counted %d records in %d streams of %s"
              .formatted(
                  observed.streams().stream().mapToLong(StreamCounts::received).sum(),
                  observed.streams().size(),
                  observed.venue());
    };
  }

  private static String stream(QuarantineEvent event) {
    return event.venue()
        + " "
        + (event.symbol() == null ? "" : event.symbol() + " ")
        + event.channel();
  }
}
