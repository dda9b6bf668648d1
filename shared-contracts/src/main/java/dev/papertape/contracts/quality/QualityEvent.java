package dev.papertape.contracts.quality;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What became of market data: streams {@code quality:<VENUE>} and {@code quarantine:<id>}. */
public sealed interface QualityEvent extends DomainEvent {
  Venue venue();

  /** What happened to one quarantined record, or to several that share an event. */
  sealed interface QuarantineEvent extends QualityEvent {
    String quarantineId();

    /** Null for a frame that cannot be told to be of any symbol. */
    @Nullable Symbol symbol();

    Channel channel();

    /** How many records this is about, &ge; 1. */
    int records();
  }

  /**
   * Bad records were put aside. Of a flood, the first have events of their own; those that follow
   * share one, and each is still named.
   *
   * @param reason the gravest that was found
   * @param detail one sentence with the figures
   * @param evidence every value that the guard looked at besides the record, as plain text; enough
   *     to run the same guard again
   * @param encoding whether {@code raw} is the wire's own text or the decoded record written again
   * @param raw the record, cut after 16,384 characters
   * @param rawBytes of the whole record in UTF-8
   * @param payloadSha256 SHA-256 of the whole record in UTF-8, hex
   * @param further those that share this event with the first
   * @param counts of the stream, with all of these records in them
   * @param life the engine's life that counts
   * @param frame number of market frames that the engine had merged
   * @param receivedAt of the first
   */
  record RecordQuarantined(
      String quarantineId,
      Venue venue,
      @Nullable Symbol symbol,
      Channel channel,
      QualityReason reason,
      String detail,
      Map<String, String> evidence,
      RawEncoding encoding,
      String raw,
      int rawBytes,
      String payloadSha256,
      List<NamedRecord> further,
      StreamCounts counts,
      long life,
      long frame,
      Instant receivedAt,
      Instant feedTime)
      implements QuarantineEvent {
    @Override
    public int records() {
      return 1 + further.size();
    }

    /** Whether {@code raw} is the whole record. */
    public boolean hasWholeRecord() {
      return raw.getBytes(StandardCharsets.UTF_8).length == rawBytes;
    }
  }

  /**
   * Put aside no longer: the record is called good. Of a book this changes the record's status and
   * never the book; a bar is used from now on.
   *
   * @param reason why; an operator's own words
   * @param guard what the same guard says to the recorded record now; the release overrides it
   *     unless it passes
   */
  record QuarantineReleased(
      String quarantineId,
      Venue venue,
      @Nullable Symbol symbol,
      Channel channel,
      int records,
      ReleasedBy by,
      String reason,
      Reexamination guard)
      implements QuarantineEvent {}

  /** Called bad for good. */
  record QuarantineDiscarded(
      String quarantineId,
      Venue venue,
      @Nullable Symbol symbol,
      Channel channel,
      int records,
      DiscardedBy by,
      String reason)
      implements QuarantineEvent {}

  /**
   * The counts of those streams of a venue that changed.
   *
   * @param life the engine's life that counts: counts start over with each
   */
  record QualityObserved(Venue venue, long life, List<StreamCounts> streams, Instant feedTime)
      implements QualityEvent {}
}
