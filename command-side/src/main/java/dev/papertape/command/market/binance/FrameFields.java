package dev.papertape.command.market.binance;

import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.command.market.wire.BadFrame;
import dev.papertape.command.market.wire.JsonCursor;
import dev.papertape.command.market.wire.LevelsReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The fields of one frame, found in a single pass: for each known key where its value stands. The
 * combined stream's {@code data} object is read as if it were the frame. Reused from frame to
 * frame.
 */
final class FrameFields {
  /** Keys of more than one letter; a letter is its own number. */
  static final int STREAM = 0;

  static final int PREVIOUS_UPDATE_ID = 1;
  static final int LAST_UPDATE_ID = 2;
  static final int SYMBOL = 3;
  private static final int BIDS = 4;
  private static final int ASKS = 5;
  private static final int DATA = 6;
  private static final int UNKNOWN = 127;

  private final JsonCursor cursor = new JsonCursor();
  private final LevelsReader bids = LevelsReader.ofStrings();
  private final LevelsReader asks = LevelsReader.ofStrings();
  private final int[] starts = new int[128];
  private final int[] ends = new int[128];
  private boolean hasBids;
  private boolean hasAsks;

  /** Throws {@link BadFrame} where the text is not one JSON object; fields before that stay. */
  void scan(byte[] text, int from, int to) {
    Arrays.fill(ends, 0);
    hasBids = false;
    hasAsks = false;
    cursor.reset(text, from, to);
    object();
    cursor.expectEnd();
  }

  private void object() {
    cursor.expect('{');
    if (cursor.take('}')) {
      return;
    }
    do {
      cursor.peek();
      int keyFrom = cursor.position() + 1;
      cursor.skipString();
      int key = key(keyFrom, cursor.position() - 1);
      cursor.expect(':');
      value(key);
    } while (cursor.take(','));
    cursor.expect('}');
  }

  private void value(int key) {
    byte first = cursor.peek();
    if (key != UNKNOWN && ends[key] != 0) {
      throw cursor.bad("a key twice");
    }
    starts[key] = cursor.position();
    if (first == '[' && (key == 'b' || key == BIDS)) {
      bids.read(cursor);
      hasBids = true;
    } else if (first == '[' && (key == 'a' || key == ASKS)) {
      asks.read(cursor);
      hasAsks = true;
    } else if (first == '{' && key == DATA) {
      ends[key] = 1;
      object();
    } else {
      cursor.skipValue();
    }
    ends[key] = cursor.position();
  }

  private int key(int from, int to) {
    byte[] text = cursor.bytes();
    int length = to - from;
    if (length == 1) {
      return text[from] >= 'A' && text[from] <= 'z' ? text[from] : UNKNOWN;
    }
    if (length == 2) {
      return text[from] == 'p' && text[from + 1] == 'u' ? PREVIOUS_UPDATE_ID : UNKNOWN;
    }
    return switch (new String(text, from, length, StandardCharsets.ISO_8859_1)) {
      case "stream" -> STREAM;
      case "data" -> DATA;
      case "lastUpdateId" -> LAST_UPDATE_ID;
      case "symbol" -> SYMBOL;
      case "bids" -> BIDS;
      case "asks" -> ASKS;
      default -> UNKNOWN;
    };
  }

  boolean has(int key) {
    return ends[key] != 0;
  }

  /** Whether both sides of a book were given. */
  boolean hasLevels() {
    return hasBids && hasAsks;
  }

  PriceLevels bids() {
    return bids.levels();
  }

  PriceLevels asks() {
    return asks.levels();
  }

  /** The string's text; throws {@link BadFrame} if the field is missing or no string. */
  String text(int key) {
    byte[] bytes = cursor.bytes();
    if (!has(key) || bytes[starts[key]] != '"') {
      throw missing(key, "a string");
    }
    return new String(bytes, starts[key] + 1, ends[key] - starts[key] - 2, StandardCharsets.UTF_8);
  }

  boolean textEquals(int key, byte[] wanted) {
    return has(key)
        && Arrays.equals(cursor.bytes(), starts[key], ends[key], wanted, 0, wanted.length);
  }

  long number(int key) {
    if (!has(key)) {
      throw missing(key, "a number");
    }
    cursor.reset(cursor.bytes(), starts[key], ends[key]);
    return cursor.wholeNumber();
  }

  boolean flag(int key) {
    if (has(key)) {
      byte first = cursor.bytes()[starts[key]];
      if (first == 't' || first == 'f') {
        return first == 't';
      }
    }
    throw missing(key, "true or false");
  }

  WireDecimal decimal(int key) {
    if (!has(key)) {
      throw missing(key, "a decimal");
    }
    cursor.reset(cursor.bytes(), starts[key], ends[key]);
    return bids.single(cursor);
  }

  BigDecimal bigDecimal(int key) {
    return decimal(key).toBigDecimal();
  }

  /** Reads the object that stands at the key into {@code inner}. */
  void scanInto(int key, FrameFields inner) {
    if (!has(key)) {
      throw missing(key, "an object");
    }
    inner.scan(cursor.bytes(), starts[key], ends[key]);
  }

  private static BadFrame missing(int key, String wanted) {
    String name = key >= 'A' ? String.valueOf((char) key) : "field " + key;
    return new BadFrame(name + " is not " + wanted, 0);
  }
}
