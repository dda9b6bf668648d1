package dev.papertape.contracts.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A quarantined record that shares its event with others of its kind: its place and its hash.
 *
 * @param payloadSha256 of the whole raw record, hex
 * @param raw the record itself where an operator may have it used, a bar; null, and left out of the
 *     text, of anything else
 */
public record NamedRecord(
    long frame,
    Instant receivedAt,
    String payloadSha256,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String raw) {

  /** One that is only named. */
  public NamedRecord(long frame, Instant receivedAt, String payloadSha256) {
    this(frame, receivedAt, payloadSha256, null);
  }
}
