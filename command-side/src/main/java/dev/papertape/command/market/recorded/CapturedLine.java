package dev.papertape.command.market.recorded;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What one line of a capture says. Byte ranges are valid until the next line is read. */
sealed interface CapturedLine {
  Unrelated UNRELATED = new Unrelated();

  /** When it was received; null for a line that has no time. */
  default @Nullable Instant receivedAt() {
    return switch (this) {
      case Frame line -> line.at;
      case Fetched line -> line.at;
      case Connected line -> line.at;
      case Closed line -> line.at;
      case Unrelated _, Unreadable _ -> null;
    };
  }

  /**
   * A frame that the venue sent.
   *
   * @param connection which of the capture's connections; empty where it has only one
   */
  record Frame(Instant at, String connection, byte[] bytes, int from, int to)
      implements CapturedLine {}

  /** What the venue answered to a REST call. */
  record Fetched(Instant at, String url, byte[] bytes, int from, int to) implements CapturedLine {}

  /** A socket was opened. */
  record Connected(Instant at, String connection, String address) implements CapturedLine {}

  /** The capture's only socket ended; {@code reason} is never empty. */
  record Closed(Instant at, String reason) implements CapturedLine {}

  /** A header, or what the client sent. */
  record Unrelated() implements CapturedLine {}

  /** No line of this format; {@code reason} is never empty. */
  record Unreadable(String reason) implements CapturedLine {}
}
