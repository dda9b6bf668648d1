package dev.papertape.eventstore.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.InstantText;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;

/**
 * The hash of one row of the log: SHA-256 over a zero byte (RFC 6962's mark of a leaf) and the
 * canonical JSON of the row's columns, payload and metadata by their hashes.
 */
public final class LeafHash {
  private static final byte LEAF = 0;

  private LeafHash() {}

  /** The hash that the event must have; hashes payload and metadata anew. */
  public static byte[] of(LoggedEvent event) {
    return of(
        event.position(),
        event.stream(),
        event.sequence(),
        event.streamType(),
        event.eventId(),
        event.recordedAt(),
        event.payloadType(),
        event.payloadRevision(),
        CanonicalJson.sha256Hex(event.payload()),
        CanonicalJson.sha256Hex(event.metadata()));
  }

  /**
   * @param recordedAt whole microseconds
   * @param payloadSha256 lower-case hex
   * @param metadataSha256 lower-case hex
   */
  public static byte[] of(
      long position,
      String stream,
      long sequence,
      String streamType,
      UUID eventId,
      Instant recordedAt,
      String payloadType,
      String payloadRevision,
      String payloadSha256,
      String metadataSha256) {
    // Written by hand, names in order: a general writer costs more than the hash.
    StringBuilder json = new StringBuilder(512);
    text(json.append("{\"aggregateId\":"), stream);
    text(json.append(",\"aggregateType\":"), streamType);
    json.append(",\"eventId\":\"").append(eventId);
    json.append("\",\"metadataSha256\":\"").append(metadataSha256);
    text(json.append("\",\"payloadRevision\":"), payloadRevision);
    json.append(",\"payloadSha256\":\"").append(payloadSha256);
    text(json.append("\",\"payloadType\":"), payloadType);
    json.append(",\"position\":").append(position);
    json.append(",\"recordedAt\":\"").append(InstantText.of(recordedAt));
    json.append("\",\"sequence\":").append(sequence).append('}');
    MessageDigest sha256 = CanonicalJson.sha256();
    sha256.update(LEAF);
    return sha256.digest(json.toString().getBytes(UTF_8));
  }

  private static void text(StringBuilder json, String text) {
    json.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> json.append('\\').append(c);
        case '\b' -> json.append("\\b");
        case '\t' -> json.append("\\t");
        case '\n' -> json.append("\\n");
        case '\f' -> json.append("\\f");
        case '\r' -> json.append("\\r");
        default -> {
          if (c < ' ') {
            json.append("\\u00").append(Character.forDigit(c >> 4, 16));
            json.append(Character.forDigit(c & 15, 16));
          } else {
            json.append(c);
          }
        }
      }
    }
    json.append('"');
  }
}
