package dev.papertape.command.market.wire;

import dev.papertape.command.market.WireDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Where the values of the wanted keys of one JSON object stand, found in a single pass. Keys are
 * numbered in the order of the constructor. Reused from object to object.
 */
public final class ObjectFields {
  private final byte[][] keys;
  private final int[] starts;
  private final int[] ends;
  private JsonCursor cursor = new JsonCursor();

  public ObjectFields(String... keys) {
    this.keys = new byte[keys.length][];
    for (int i = 0; i < keys.length; i++) {
      this.keys[i] = keys[i].getBytes(StandardCharsets.US_ASCII);
    }
    this.starts = new int[keys.length];
    this.ends = new int[keys.length];
  }

  /**
   * Reads the object at the cursor and leaves the cursor behind it. Throws {@link BadFrame} where
   * the text is no object; the fields before that stay.
   */
  public void scan(JsonCursor over) {
    cursor = over;
    Arrays.fill(ends, 0);
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
      cursor.peek();
      int start = cursor.position();
      cursor.skipValue();
      if (key >= 0) {
        if (ends[key] != 0) {
          throw cursor.bad("a key twice");
        }
        starts[key] = start;
        ends[key] = cursor.position();
      }
    } while (cursor.take(','));
    cursor.expect('}');
  }

  private int key(int from, int to) {
    byte[] text = cursor.bytes();
    for (int i = 0; i < keys.length; i++) {
      if (keys[i].length == to - from
          && Arrays.equals(keys[i], 0, keys[i].length, text, from, to)) {
        return i;
      }
    }
    return -1;
  }

  public boolean has(int key) {
    return ends[key] != 0;
  }

  /** Where the value starts; throws {@link BadFrame} if the key is missing. */
  public int start(int key) {
    require(key);
    return starts[key];
  }

  public int end(int key) {
    require(key);
    return ends[key];
  }

  /** Whether the value is the string {@code wanted}, which has no character to escape. */
  public boolean is(int key, byte[] wanted) {
    return has(key)
        && ends[key] - starts[key] == wanted.length + 2
        && Arrays.equals(cursor.bytes(), starts[key] + 1, ends[key] - 1, wanted, 0, wanted.length);
  }

  /** The string between its quotes, escapes kept; throws {@link BadFrame} if it is none. */
  public String text(int key) {
    require(key);
    if (cursor.bytes()[starts[key]] != '"') {
      throw new BadFrame(name(key) + " is not a string", starts[key]);
    }
    return new String(
        cursor.bytes(), starts[key] + 1, ends[key] - starts[key] - 2, StandardCharsets.UTF_8);
  }

  /** A whole number, in quotes or not. */
  public long number(int key) {
    int back = seek(key);
    boolean quoted = cursor.take('"');
    long value = cursor.wholeNumber();
    if (quoted) {
      cursor.expect('"');
    }
    cursor.seek(back);
    return value;
  }

  /** A decimal in the digits that {@code reader} reads; the reader's levels are forgotten. */
  public WireDecimal decimal(int key, LevelsReader reader) {
    int back = seek(key);
    WireDecimal value = reader.single(cursor);
    cursor.seek(back);
    return value;
  }

  /** Whether the value is the literal {@code true}. */
  public boolean isTrue(int key) {
    return has(key) && cursor.bytes()[starts[key]] == 't';
  }

  private int seek(int key) {
    require(key);
    int back = cursor.position();
    cursor.seek(starts[key]);
    return back;
  }

  private void require(int key) {
    if (!has(key)) {
      throw new BadFrame(name(key) + " is missing", 0);
    }
  }

  private String name(int key) {
    return new String(keys[key], StandardCharsets.US_ASCII);
  }
}
