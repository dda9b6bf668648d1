package dev.papertape.eventstore.web;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Claimed idempotency keys. They are claimed by the append transaction, never through this. */
public interface IdempotencyRecords {
  Optional<Claimed> find(String key);

  /** Keeps the reply of a key that was claimed without one; a reply once kept stays. */
  void keepReply(String key, byte[] reply);

  /**
   * @param bodyHash of the body that the key was claimed with
   * @param subject what the command made or changed
   * @param position of the command's last event
   * @param recordedAt when that was recorded
   * @param reply null while it is not known
   */
  record Claimed(
      String bodyHash,
      String subject,
      long position,
      Instant recordedAt,
      byte @Nullable [] reply) {}
}
