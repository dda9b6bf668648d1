package dev.papertape.command.market;

import org.jspecify.annotations.Nullable;

/** What a depth message brings along to prove its place in the book; one kind a venue. */
public sealed interface Integrity {

  /**
   * Binance: each message covers the updates {@code [first, last]}.
   *
   * @param first {@code U}
   * @param last {@code u}; of a snapshot {@code lastUpdateId}
   * @param previous {@code pu} of futures, {@link #NO_PREVIOUS} on spot
   */
  record UpdateIds(long first, long last, long previous) implements Integrity {
    public static final long NO_PREVIOUS = -1;

    /** Of a snapshot that contains everything up to {@code lastUpdateId}. */
    public static UpdateIds ofSnapshot(long lastUpdateId) {
      return new UpdateIds(lastUpdateId, lastUpdateId, NO_PREVIOUS);
    }
  }

  /**
   * Kraken: no sequence, but a checksum of the ten best levels as they are after the message.
   *
   * @param crc32 unsigned, 0 to 2³² − 1; null where the message carries none
   * @param depth levels a side that are subscribed to; the book is cut to it after each message
   */
  record Checksum(@Nullable Long crc32, int depth) implements Integrity {}

  /** Coinbase: the frame's number counts all frames of its connection, see {@code Bundle}. */
  record InConnection() implements Integrity {}

  /** The channel has neither sequence nor checksum; {@code reason} says so. */
  record Nothing(String reason) implements Integrity {}
}
