package dev.papertape.eventstore.json;

import com.fasterxml.jackson.core.JsonGenerationException;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes numbers as RFC 8785 wants them, watches that names come in order and that strings are
 * Unicode. Jackson below it already writes neither white space nor needless escapes.
 */
final class CanonicalGenerator extends JsonGeneratorDelegate {
  private final boolean sorted;

  /** The newest name of each open object, null before its first. */
  private @Nullable String[] names = new String[16];

  private int depth = -1;

  /**
   * @param sorted refuse names out of order; false where the bytes are sorted afterwards
   */
  CanonicalGenerator(JsonGenerator target, boolean sorted) {
    super(target, false);
    this.sorted = sorted;
  }

  @Override
  public void writeStartObject() throws IOException {
    open();
    super.writeStartObject();
  }

  @Override
  public void writeStartObject(Object value) throws IOException {
    open();
    super.writeStartObject(value);
  }

  @Override
  public void writeStartObject(Object value, int size) throws IOException {
    open();
    super.writeStartObject(value, size);
  }

  @Override
  public void writeEndObject() throws IOException {
    depth--;
    super.writeEndObject();
  }

  @Override
  public void writeFieldName(String name) throws IOException {
    inOrder(name);
    super.writeFieldName(name);
  }

  @Override
  public void writeFieldName(SerializableString name) throws IOException {
    inOrder(name.getValue());
    super.writeFieldName(name);
  }

  @Override
  public void writeString(String text) throws IOException {
    super.writeString(wellFormed(text));
  }

  @Override
  public void writeString(char[] text, int offset, int length) throws IOException {
    writeString(new String(text, offset, length));
  }

  @Override
  public void writeNumber(short number) throws IOException {
    writeNumber((long) number);
  }

  @Override
  public void writeNumber(int number) throws IOException {
    super.writeNumber(number);
  }

  @Override
  public void writeNumber(long number) throws IOException {
    if (!Numbers.isExact(number)) {
      throw new JsonGenerationException(
          number + " is beyond 2^53: canonical JSON keeps only IEEE doubles", this);
    }
    super.writeNumber(number);
  }

  @Override
  public void writeNumber(BigInteger number) throws IOException {
    if (number.bitLength() > 62) {
      throw new JsonGenerationException(
          number + " is beyond 2^53: canonical JSON keeps only IEEE doubles", this);
    }
    writeNumber(number.longValueExact());
  }

  @Override
  public void writeNumber(double number) throws IOException {
    super.writeNumber(Numbers.text(number));
  }

  @Override
  public void writeNumber(float number) throws IOException {
    writeNumber((double) number);
  }

  /** Exact decimals are text, so that no reader turns them into a double. */
  @Override
  public void writeNumber(BigDecimal number) throws IOException {
    super.writeString(number.toPlainString());
  }

  @Override
  public void writeNumber(String number) throws IOException {
    writeNumber(Double.parseDouble(number));
  }

  @Override
  public void writeRaw(String text) throws IOException {
    throw new JsonGenerationException("raw JSON cannot be checked to be canonical", this);
  }

  @Override
  public void writeRawValue(String text) throws IOException {
    writeRaw(text);
  }

  private void open() {
    depth++;
    if (depth == names.length) {
      names = Arrays.copyOf(names, 2 * depth);
    }
    names[depth] = null;
  }

  /** {@link String#compareTo} orders by UTF-16 code units, as RFC 8785 does. */
  private void inOrder(String name) throws IOException {
    wellFormed(name);
    String before = names[depth];
    if (sorted && before != null && before.compareTo(name) >= 0) {
      throw new OutOfOrder(this, before, name);
    }
    names[depth] = name;
  }

  private String wellFormed(String text) throws IOException {
    if (text != null && !Surrogates.arePaired(text)) {
      throw new JsonGenerationException("lone surrogate in a string", this);
    }
    return text;
  }

  /** A class wrote its names out of order: a type id, an enum-keyed map. */
  static final class OutOfOrder extends JsonGenerationException {
    private static final long serialVersionUID = 1L;

    OutOfOrder(JsonGenerator generator, String before, String name) {
      super("name \"" + name + "\" after \"" + before + "\"", generator);
    }
  }
}
