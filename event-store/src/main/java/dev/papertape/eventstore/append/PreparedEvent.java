package dev.papertape.eventstore.append;

import dev.papertape.eventstore.log.LeafHash;
import java.util.UUID;

/**
 * An event serialised and hashed as far as that goes before its position is known.
 *
 * @param sequence the expected one, or {@link #ASSIGNED_LATER}
 */
record PreparedEvent(
    String stream,
    long sequence,
    String streamType,
    UUID eventId,
    String payloadType,
    String payloadRevision,
    byte[] payload,
    byte[] metadata,
    LeafHash leafHash) {
  /** The sequence is the stream's next, assigned under the append lock. */
  static final long ASSIGNED_LATER = -1;

  private static final int MAX_BYTES = 16 << 20;
  private static final int MAX_NAME = 512;

  static PreparedEvent of(
      String stream,
      long sequence,
      String streamType,
      UUID eventId,
      String payloadType,
      String payloadRevision,
      byte[] payload,
      byte[] metadata) {
    requireName("stream", stream);
    if (stream.isEmpty()) {
      throw new IllegalArgumentException("a stream's name is not empty");
    }
    requireName("stream type", streamType);
    if (payload.length > MAX_BYTES || metadata.length > MAX_BYTES) {
      throw new IllegalArgumentException("an event of " + stream + " is larger than 16 MiB");
    }
    return new PreparedEvent(
        stream,
        sequence,
        streamType,
        eventId,
        payloadType,
        payloadRevision,
        payload,
        metadata,
        LeafHash.begin(
            stream, streamType, eventId, payloadType, payloadRevision, payload, metadata));
  }

  /**
   * Refuses early what the database would refuse for a whole batch (NUL, more than an index row
   * holds), and what UTF-8 cannot tell apart.
   */
  static void requireName(String what, String name) {
    if (name.length() > MAX_NAME
        || name.chars().anyMatch(c -> c == 0 || Character.isSurrogate((char) c))) {
      throw new IllegalArgumentException(
          "a " + what + " has at most 512 characters of the basic plane, none of them NUL");
    }
  }

  boolean assignedLater() {
    return sequence == ASSIGNED_LATER;
  }
}
