package dev.papertape.command.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/**
 * Ids that a second run of the same recording gives again: SHA-256 over (seed, epoch, kind,
 * counter). The epoch keeps the ids of a restarted engine apart from those before; a fresh log
 * starts at epoch 1. Owned by the engine's thread.
 */
final class DeterministicIds {
  private final ByteBuffer prefix;
  private final MessageDigest digest;
  private final long epoch;

  DeterministicIds(long seed, long epoch) {
    this.epoch = epoch;
    this.prefix = ByteBuffer.allocate(16).putLong(seed).putLong(epoch);
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  /** Number of the engine's life. */
  long epoch() {
    return epoch;
  }

  /** Twenty lower-case hex digits behind the kind's initial, for example {@code o-3f…}. */
  String text(Kind kind, long counter) {
    return kind.initial + "-" + HexFormat.of().formatHex(hash(kind, counter), 0, 10);
  }

  /** A version-8 (custom) UUID. */
  UUID uuid(Kind kind, long counter) {
    ByteBuffer bytes = ByteBuffer.wrap(hash(kind, counter));
    long high = (bytes.getLong() & 0xFFFF_FFFF_FFFF_0FFFL) | 0x8000L;
    long low = (bytes.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private byte[] hash(Kind kind, long counter) {
    digest.update(prefix.array());
    digest.update(kind.bytes);
    digest.update(ByteBuffer.allocate(8).putLong(counter).array());
    return digest.digest();
  }

  /** What an id names; two kinds never share an id. */
  enum Kind {
    ORDER("o"),
    DECISION("d"),
    EVENT("e"),
    QUARANTINE("q"),
    REBALANCE("r");

    private final String initial;
    private final byte[] bytes;

    Kind(String initial) {
      this.initial = initial;
      this.bytes = name().getBytes(StandardCharsets.US_ASCII);
    }
  }
}
