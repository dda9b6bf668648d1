package dev.papertape.query.quality;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.NamedRecord;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineEvent;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.QuarantineStatus;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.contracts.quality.Reexamination;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A quarantined record with what became of it.
 *
 * @param position of the event that put it aside
 * @param records how many the entry is about; {@code further} names all but the first
 * @param decision null while it is open
 */
record QuarantineView(
    String quarantineId,
    long position,
    Venue venue,
    @Nullable Symbol symbol,
    Channel channel,
    QualityReason reason,
    String detail,
    QuarantineStatus status,
    int records,
    RawEncoding encoding,
    String raw,
    int rawBytes,
    String payloadSha256,
    Map<String, String> evidence,
    List<Further> further,
    long frame,
    Instant receivedAt,
    Instant feedTime,
    @Nullable Decision decision,
    List<String> allowedActions) {

  /** One more record of the same event, named; the text of a bar is in the event. */
  record Further(long frame, Instant receivedAt, String payloadSha256) {
    private static Further of(NamedRecord record) {
      return new Further(record.frame(), record.receivedAt(), record.payloadSha256());
    }
  }

  /**
   * @param guard what the same guard said when it was asked again, null of a discard
   */
  record Decision(String by, String reason, @Nullable Reexamination guard, long position) {
    static Decision of(QuarantineEvent event, long position) {
      return switch (event) {
        case QuarantineReleased released ->
            new Decision(released.by().name(), released.reason(), released.guard(), position);
        case QuarantineDiscarded discarded ->
            new Decision(discarded.by().name(), discarded.reason(), null, position);
        case RecordQuarantined record ->
            throw new IllegalArgumentException("decides nothing: " + record.quarantineId());
      };
    }
  }

  static QuarantineView of(
      RecordQuarantined record,
      long position,
      QuarantineStatus status,
      @Nullable Decision decision) {
    return new QuarantineView(
        record.quarantineId(),
        position,
        record.venue(),
        record.symbol(),
        record.channel(),
        record.reason(),
        record.detail(),
        status,
        record.records(),
        record.encoding(),
        record.raw(),
        record.rawBytes(),
        record.payloadSha256(),
        record.evidence(),
        record.further().stream().map(Further::of).toList(),
        record.frame(),
        record.receivedAt(),
        record.feedTime(),
        decision,
        status == QuarantineStatus.OPEN ? List.of("RELEASE", "DISCARD") : List.of());
  }
}
