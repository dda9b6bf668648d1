package dev.papertape.command.market.recorded;

import dev.papertape.command.market.recorded.CapturedLine.Connected;
import dev.papertape.command.market.recorded.CapturedLine.Fetched;
import dev.papertape.command.market.recorded.CapturedLine.Frame;
import dev.papertape.command.market.recorded.CapturedLine.Unreadable;
import dev.papertape.command.market.wire.BadFrame;
import dev.papertape.command.market.wire.JsonCursor;
import dev.papertape.command.market.wire.ObjectFields;
import dev.papertape.command.market.wire.WireTime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * cryptofeed's v3 captures: {@code {"t":"recv","conn":…,"ts":seconds,"data":"…"}} a line; {@code t}
 * is {@code header}, {@code connect}, {@code send}, {@code http} or {@code recv}.
 */
final class CryptofeedJsonLines implements LineFormat {
  private static final int TYPE = 0;
  private static final int CONNECTION = 1;
  private static final int TIME = 2;
  private static final int URL = 3;
  private static final int ADDRESS = 4;
  private static final int DATA = 5;

  private final JsonCursor cursor = new JsonCursor();
  private final ObjectFields line = new ObjectFields("t", "conn", "ts", "url", "addr", "data");
  private final JsonText text = new JsonText();

  @Override
  public CapturedLine read(byte[] bytes, int from, int to) {
    try {
      cursor.reset(bytes, from, to);
      line.scan(cursor);
      cursor.expectEnd();
      return switch (line.text(TYPE)) {
        case "recv" -> {
          text.read(bytes, line.start(DATA), line.end(DATA));
          yield new Frame(at(bytes), connection(), text.bytes(), 0, text.length());
        }
        case "http" -> {
          text.read(bytes, line.start(DATA), line.end(DATA));
          String url = line.text(URL);
          yield new Fetched(at(bytes), url, text.bytes(), 0, text.length());
        }
        case "connect" -> new Connected(at(bytes), connection(), line.text(ADDRESS));
        default -> CapturedLine.UNRELATED;
      };
    } catch (BadFrame bad) {
      return new Unreadable(String.valueOf(bad.getMessage()));
    }
  }

  private Instant at(byte[] bytes) {
    return WireTime.seconds(bytes, line.start(TIME), line.end(TIME));
  }

  private String connection() {
    return line.has(CONNECTION) ? line.text(CONNECTION) : "";
  }

  /** The text of a JSON string, escapes resolved, in bytes that are used again and again. */
  private static final class JsonText {
    private byte[] bytes = new byte[1 << 16];
    private int length;

    byte[] bytes() {
      return bytes;
    }

    int length() {
      return length;
    }

    /** Reads the string in {@code [from, to)}, its quotes included. */
    void read(byte[] source, int from, int to) {
      if (source[from] != '"') {
        throw new BadFrame("data is not a string", from);
      }
      if (bytes.length < to - from) {
        bytes = new byte[2 * (to - from)]; // Resolving never makes a text longer.
      }
      length = 0;
      for (int i = from + 1; i < to - 1; i++) {
        if (source[i] != '\\') {
          bytes[length++] = source[i];
        } else if (source[++i] == 'u') {
          i += unicode(source, i + 1, to - 1);
        } else {
          bytes[length++] = plain(source[i], i);
        }
      }
    }

    private static byte plain(byte escaped, int at) {
      return switch (escaped) {
        case '"', '\\', '/' -> escaped;
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        default -> throw new BadFrame("not an escape", at);
      };
    }

    /** One code unit, or two that belong together; returns how many bytes it took. */
    private int unicode(byte[] source, int from, int end) {
      char first = unit(source, from, end);
      boolean pair =
          Character.isHighSurrogate(first)
              && from + 6 < end
              && source[from + 4] == '\\'
              && source[from + 5] == 'u';
      String text = pair ? "" + first + unit(source, from + 6, end) : String.valueOf(first);
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      System.arraycopy(encoded, 0, bytes, length, encoded.length);
      length += encoded.length;
      return pair ? 10 : 4;
    }

    private static char unit(byte[] source, int from, int end) {
      if (from + 4 > end) {
        throw new BadFrame("not an escape", from);
      }
      int value = 0;
      for (int i = from; i < from + 4; i++) {
        int digit = Character.digit(source[i], 16);
        if (digit < 0) {
          throw new BadFrame("not an escape", i);
        }
        value = 16 * value + digit;
      }
      return (char) value;
    }
  }
}
