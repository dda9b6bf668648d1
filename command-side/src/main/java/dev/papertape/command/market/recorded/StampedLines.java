package dev.papertape.command.market.recorded;

import dev.papertape.command.market.recorded.CapturedLine.Closed;
import dev.papertape.command.market.recorded.CapturedLine.Fetched;
import dev.papertape.command.market.recorded.CapturedLine.Frame;
import dev.papertape.command.market.recorded.CapturedLine.Unreadable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * {@code <local receive time, ns> <frame>}, a frame a line. What was fetched over REST stands as
 * {@code <ns> <url> <body>}, the end of the socket as {@code <ns> closed <reason>}: no frame starts
 * like either. Our own files have a JSON header in front.
 */
final class StampedLines implements LineFormat {
  private static final long NANOS = 1_000_000_000L;
  private static final int MOST_DIGITS = 19;
  private static final byte[] URL = "http".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] CLOSED = "closed ".getBytes(StandardCharsets.US_ASCII);

  private boolean first = true;

  @Override
  public CapturedLine read(byte[] bytes, int from, int to) {
    boolean header = first && from < to && bytes[from] == '{';
    first = false;
    if (header) {
      return CapturedLine.UNRELATED;
    }
    int space = indexOf(bytes, ' ', from, to);
    long nanos = space < 0 ? -1 : nanos(bytes, from, space);
    if (nanos < 0) {
      return new Unreadable("a line without a receive time in front");
    }
    Instant at = Instant.ofEpochSecond(nanos / NANOS, nanos % NANOS);
    int start = space + 1;
    if (startsWith(CLOSED, bytes, start, to)) {
      int reason = start + CLOSED.length;
      return new Closed(at, new String(bytes, reason, to - reason, StandardCharsets.UTF_8));
    }
    if (startsWith(URL, bytes, start, to)) {
      int urlEnd = indexOf(bytes, ' ', start, to);
      return urlEnd < 0
          ? new Unreadable("a URL without an answer")
          : new Fetched(
              at,
              new String(bytes, start, urlEnd - start, StandardCharsets.ISO_8859_1),
              bytes,
              urlEnd + 1,
              to);
    }
    return new Frame(at, "", bytes, start, to);
  }

  private static boolean startsWith(byte[] wanted, byte[] bytes, int from, int to) {
    return to - from > wanted.length
        && Arrays.equals(bytes, from, from + wanted.length, wanted, 0, wanted.length);
  }

  /** −1 if these are not the digits of a positive {@code long}. */
  private static long nanos(byte[] bytes, int from, int to) {
    if (to == from || to - from > MOST_DIGITS) {
      return -1;
    }
    long nanos = 0;
    for (int i = from; i < to; i++) {
      int digit = bytes[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      nanos = 10 * nanos + digit;
    }
    return nanos;
  }

  private static int indexOf(byte[] bytes, char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }
}
