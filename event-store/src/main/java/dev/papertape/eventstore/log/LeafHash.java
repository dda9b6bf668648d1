package dev.papertape.eventstore.log;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.InstantText;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.UUID;

/**
 * The hash of one row of the log: SHA-256 over a zero byte (RFC 6962's mark of a leaf) and the
 * canonical JSON of {@code aggregateId, aggregateType, eventId, metadataSha256, payloadRevision,
 * payloadSha256, payloadType, position, recordedAt, sequence}.
 *
 * <p>An object holds the hash as far as it goes before the position is known: the names that depend
 * on the place come last in canonical order, so only a block or two remain for the appender.
 */
public final class LeafHash {
  private static final byte LEAF = 0;

  private final MessageDigest beforePosition;

  private LeafHash(MessageDigest beforePosition) {
    this.beforePosition = beforePosition;
  }

  /** The hash that the event must have; hashes payload and metadata anew. */
  public static byte[] of(LoggedEvent event) {
    return begin(
            event.stream(),
            event.streamType(),
            event.eventId(),
            event.payloadType(),
            event.payloadRevision(),
            event.payload(),
            event.metadata())
        .at(event.position(), event.sequence(), text(event.recordedAt()));
  }

  /** Hashes all that does not depend on the place of the event in the log. */
  public static LeafHash begin(
      String stream,
      String streamType,
      UUID eventId,
      String payloadType,
      String payloadRevision,
      byte[] payload,
      byte[] metadata) {
    // Written by hand, names in order: a general writer costs more than the hash.
    StringBuilder json = new StringBuilder(384);
    text(json.append("{\"aggregateId\":"), stream);
    text(json.append(",\"aggregateType\":"), streamType);
    json.append(",\"eventId\":\"").append(eventId);
    json.append("\",\"metadataSha256\":\"").append(CanonicalJson.sha256Hex(metadata));
    text(json.append("\",\"payloadRevision\":"), payloadRevision);
    json.append(",\"payloadSha256\":\"").append(CanonicalJson.sha256Hex(payload));
    text(json.append("\",\"payloadType\":"), payloadType);
    MessageDigest digest = CanonicalJson.sha256();
    digest.update(LEAF);
    digest.update(json.toString().getBytes(UTF_8));
    return new LeafHash(digest);
  }

  /**
   * The hash of the event at this place; may be asked for more than one.
   *
   * @param recordedAt as {@link #text(Instant)} gives it
   */
  public byte[] at(long position, long sequence, String recordedAt) {
    try {
      MessageDigest digest = (MessageDigest) beforePosition.clone();
      String rest =
          ",\"position\":"
              + position
              + ",\"recordedAt\":\""
              + recordedAt
              + "\",\"sequence\":"
              + sequence
              + '}';
      return digest.digest(rest.getBytes(ISO_8859_1));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("this Java's SHA-256 cannot be cloned", e);
    }
  }

  /** Recorded time as it stands in the leaf. */
  public static String text(Instant recordedAt) {
    return InstantText.of(recordedAt);
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
