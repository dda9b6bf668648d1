package dev.papertape.command.market.recorded;

import dev.papertape.command.market.recorded.CapturedLine.Connected;
import dev.papertape.command.market.recorded.CapturedLine.Fetched;
import dev.papertape.command.market.recorded.CapturedLine.Frame;
import dev.papertape.command.market.recorded.CapturedLine.Unreadable;
import dev.papertape.command.market.wire.BadFrame;
import dev.papertape.command.market.wire.WireTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * cryptofeed's text captures: {@code <seconds>: <frame>}, {@code <url> -> <seconds>: <body>} for
 * REST, {@code <url> <- …} for what the client sent, {@code <url> <-> <seconds>} for a connect.
 */
final class CryptofeedLines implements LineFormat {
  private static final int LONGEST_TIME = 24;

  @Override
  public CapturedLine read(byte[] bytes, int from, int to) {
    try {
      return bytes[from] >= '0' && bytes[from] <= '9'
          ? frame(bytes, from, to)
          : other(bytes, from, to);
    } catch (BadFrame notATime) {
      return new Unreadable("a line without a receive time");
    }
  }

  private static CapturedLine frame(byte[] bytes, int from, int to) {
    int colon = colon(bytes, from, to);
    return new Frame(WireTime.seconds(bytes, from, colon), "", bytes, colon + 2, to);
  }

  private static CapturedLine other(byte[] bytes, int from, int to) {
    int space = from;
    while (space < to && bytes[space] != ' ') {
      space++;
    }
    String head = new String(bytes, from, space - from, StandardCharsets.ISO_8859_1);
    if (head.equals("configuration:") || stands(" <- ", bytes, space, to)) {
      return CapturedLine.UNRELATED;
    }
    if (stands(" <-> ", bytes, space, to)) {
      return new Connected(WireTime.seconds(bytes, space + 5, to), "", head);
    }
    if (stands(" -> ", bytes, space, to)) {
      int colon = colon(bytes, space + 4, to);
      Instant at = WireTime.seconds(bytes, space + 4, colon);
      return new Fetched(at, head, bytes, colon + 2, to);
    }
    return new Unreadable("neither a frame nor an answer");
  }

  /** Where the time in front ends. */
  private static int colon(byte[] bytes, int from, int to) {
    for (int i = from; i < Math.min(to - 1, from + LONGEST_TIME); i++) {
      if (bytes[i] == ':' && bytes[i + 1] == ' ') {
        return i;
      }
    }
    throw new BadFrame("no time in front", from);
  }

  private static boolean stands(String wanted, byte[] bytes, int from, int to) {
    if (to - from < wanted.length()) {
      return false;
    }
    for (int i = 0; i < wanted.length(); i++) {
      if (bytes[from + i] != wanted.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
