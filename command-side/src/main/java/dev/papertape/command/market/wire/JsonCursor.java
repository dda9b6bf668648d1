package dev.papertape.command.market.wire;

/**
 * Walks over the bytes of one JSON text without making objects. Every method leaves the position
 * behind what it read and throws {@link BadFrame} where the text is not JSON.
 */
public final class JsonCursor {
  private static final int MAX_DEPTH = 32;

  private byte[] bytes = {};
  private int start;
  private int position;
  private int end;

  public void reset(byte[] text, int from, int to) {
    bytes = text;
    start = from;
    position = from;
    end = to;
  }

  public byte[] bytes() {
    return bytes;
  }

  public int position() {
    return position;
  }

  /** Moves to a position that {@link #position} gave before. */
  public void seek(int to) {
    position = to;
  }

  public BadFrame bad(String reason) {
    return new BadFrame(reason, position - start);
  }

  /** The next byte that is no white space, not consumed; 0 at the end. */
  public byte peek() {
    while (position < end) {
      byte next = bytes[position];
      if (next > ' ') {
        return next;
      }
      if (next != ' ' && next != '\n' && next != '\r' && next != '\t') {
        throw bad("control or non-ASCII character");
      }
      position++;
    }
    return 0;
  }

  public void expect(char wanted) {
    if (peek() != wanted) {
      throw bad("expected '" + wanted + "'");
    }
    position++;
  }

  /** Consumes the byte if it is next. */
  public boolean take(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    position++;
    return true;
  }

  /** The next byte as it is, white space or not, consumed; 0 at the end. */
  public byte next() {
    return position < end ? bytes[position++] : 0;
  }

  public void expectEnd() {
    if (peek() != 0) {
      throw bad("text after the end");
    }
  }

  /** Skips a string; {@link #position} − 1 is then its closing quote. */
  public void skipString() {
    expect('"');
    while (position < end) {
      byte next = bytes[position++];
      if (next == '"') {
        return;
      }
      if (next == '\\') {
        position++;
      } else if (next >= 0 && next < ' ') {
        throw bad("control character in a string");
      }
    }
    throw bad("string without an end");
  }

  /** A whole number without fraction or exponent. */
  public long wholeNumber() {
    byte first = peek();
    boolean negative = first == '-';
    int digitsFrom = negative ? position + 1 : position;
    int at = digitsFrom;
    long value = 0;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      value = 10 * value + (bytes[at++] - '0');
    }
    if (at == digitsFrom || at - digitsFrom > 18 || (at < end && continuesNumber(bytes[at]))) {
      throw bad("expected a whole number");
    }
    position = at;
    return negative ? -value : value;
  }

  private static boolean continuesNumber(byte next) {
    return next == '.' || next == 'e' || next == 'E';
  }

  public void skipValue() {
    skipValue(0);
  }

  private void skipValue(int depth) {
    if (depth > MAX_DEPTH) {
      throw bad("nested too deeply");
    }
    switch (peek()) {
      case '"' -> skipString();
      case '{' -> skipObject(depth);
      case '[' -> skipArray(depth);
      case 't' -> skipLiteral("true");
      case 'f' -> skipLiteral("false");
      case 'n' -> skipLiteral("null");
      default -> skipNumber();
    }
  }

  private void skipObject(int depth) {
    expect('{');
    if (take('}')) {
      return;
    }
    do {
      skipString();
      expect(':');
      skipValue(depth + 1);
    } while (take(','));
    expect('}');
  }

  private void skipArray(int depth) {
    expect('[');
    if (take(']')) {
      return;
    }
    do {
      skipValue(depth + 1);
    } while (take(','));
    expect(']');
  }

  private void skipLiteral(String literal) {
    for (int i = 0; i < literal.length(); i++) {
      if (next() != literal.charAt(i)) {
        throw bad("expected " + literal);
      }
    }
  }

  private void skipNumber() {
    take('-');
    skipDigits();
    if (position < end && bytes[position] == '.') {
      position++;
      skipDigits();
    }
    if (position < end && (bytes[position] | 0x20) == 'e') {
      position++;
      if (position < end && (bytes[position] == '+' || bytes[position] == '-')) {
        position++;
      }
      skipDigits();
    }
  }

  private void skipDigits() {
    int from = position;
    while (position < end && bytes[position] >= '0' && bytes[position] <= '9') {
      position++;
    }
    if (position == from) {
      throw bad("expected a value");
    }
  }
}
