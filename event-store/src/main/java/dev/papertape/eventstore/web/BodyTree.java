package dev.papertape.eventstore.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A body as far as it could be read, strictly: UTF-8 (RFC 8259, 8.1), no name twice, no NaN,
 * nothing behind the value. Numbers are exact. Knows of every value where it stands and how it was
 * written.
 */
final class BodyTree {
  private static final int MOST_DIGITS = 1000;

  /** Numbers of any length are read, so that they can be named; bodies are limited anyway. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();

  private static final JsonNodeFactory NODES = JsonNodeFactory.withExactBigDecimals(true);

  private final Violations violations;
  private final Map<String, Integer> begins = new HashMap<>();
  private final Map<String, Integer> ends = new HashMap<>();
  private final Map<String, String> texts = new HashMap<>();
  private final Set<String> spoiled = new HashSet<>();
  private int values;
  private boolean whole;
  private @Nullable JsonNode root;

  private BodyTree(Violations violations) {
    this.violations = violations;
  }

  /** Reads on after what is wrong, as far as there is anything to read. */
  static BodyTree read(byte[] bytes, Violations violations) {
    BodyTree tree = new BodyTree(violations);
    String text = tree.utf8(bytes);
    if (text != null) {
      tree.read(text);
    }
    return tree;
  }

  /** Empty when nothing could be read; what was read before a break may miss its rest. */
  Optional<JsonNode> root() {
    return Optional.ofNullable(root);
  }

  /** Whether nothing broke before the end, so that what is missing is missing. */
  boolean isWhole() {
    return whole;
  }

  /** Whether it was said already what is wrong at the pointer, so that its value means nothing. */
  boolean isSpoiled(String pointer) {
    return spoiled.contains(pointer);
  }

  Set<String> spoiled() {
    return spoiled;
  }

  /** Where the value stands among all values, for an order that people can follow. */
  int place(String pointer) {
    Integer begin = begins.get(pointer);
    if (begin != null) {
      return begin;
    }
    int parent = pointer.lastIndexOf('/');
    return parent < 0
        ? Integer.MAX_VALUE
        : ends.getOrDefault(pointer.substring(0, parent), Integer.MAX_VALUE);
  }

  /** The value as it was sent: a number's own digits; of an object or array its first character. */
  @Nullable String text(String pointer) {
    return texts.get(pointer);
  }

  /**
   * Left to itself the parser would guess UTF-16 and take overlong forms for the characters that
   * they hide.
   */
  private @Nullable String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException broken) {
      violations.addMalformed("", "NOT_UTF_8", "the body is not valid UTF-8", null);
      return null;
    }
  }

  private void read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        violations.addMalformed("", "EMPTY", "the body is empty; a JSON object is needed", null);
        return;
      }
      root = value(parser, "");
      if (parser.nextToken() != null) {
        violations.addMalformed("", "TRAILING", "something follows the JSON value", null);
      }
      whole = true;
    } catch (JsonProcessingException broken) {
      violations.addMalformed("", "BROKEN_JSON", describe(broken), null);
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }

  private JsonNode value(JsonParser parser, String pointer) throws IOException {
    begins.put(pointer, values++);
    JsonToken token = parser.currentToken();
    texts.put(
        pointer,
        token.isScalarValue() && token != JsonToken.VALUE_NULL
            ? parser.getText()
            : token.asString());
    return switch (token) {
      case START_OBJECT -> object(parser, pointer);
      case START_ARRAY -> array(parser, pointer);
      case VALUE_STRING -> NODES.textNode(parser.getText());
      case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(parser.getBooleanValue());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser, pointer);
      default -> NullNode.instance;
    };
  }

  private JsonNode number(JsonParser parser, String pointer) throws IOException {
    boolean whole = parser.currentToken() == JsonToken.VALUE_NUMBER_INT;
    if (!whole && parser.isNaN()) {
      spoiled.add(pointer);
      violations.addMalformed(
          place(pointer),
          new Violation(
              pointer, "NOT_FINITE", "JSON has no NaN and no Infinity", parser.getText()));
      return NullNode.instance;
    }
    if (parser.getTextLength() > MOST_DIGITS) {
      return beyond(parser, pointer);
    }
    try {
      return whole
          ? NODES.numberNode(parser.getBigIntegerValue())
          : NODES.numberNode(parser.getDecimalValue());
    } catch (JsonProcessingException | NumberFormatException exponent) {
      return beyond(parser, pointer);
    }
  }

  private JsonNode beyond(JsonParser parser, String pointer) throws IOException {
    spoiled.add(pointer);
    violations.add(
        place(pointer),
        new Violation(
            pointer,
            "OUT_OF_RANGE",
            "must be a number of at most 1000 digits and an exponent of at most nine",
            parser.getText()));
    return NullNode.instance;
  }

  private ArrayNode array(JsonParser parser, String pointer) throws IOException {
    ArrayNode array = NODES.arrayNode();
    keep(array, pointer);
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(parser, pointer + "/" + array.size()));
    }
    ends.put(pointer, values++);
    return array;
  }

  private ObjectNode object(JsonParser parser, String pointer) throws IOException {
    ObjectNode object = NODES.objectNode();
    keep(object, pointer);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      String at = pointer + "/" + Violation.escape(name);
      parser.nextToken();
      if (begins.containsKey(at)) {
        violations.addMalformed(
            values++, new Violation(at, "DUPLICATE_KEY", "is given more than once", null));
        parser.skipChildren();
      } else {
        object.set(name, value(parser, at));
      }
    }
    ends.put(pointer, values++);
    return object;
  }

  /** The outermost one is there even if the text breaks within it. */
  private void keep(JsonNode container, String pointer) {
    if (pointer.isEmpty()) {
      root = container;
    }
  }

  private static String describe(JsonProcessingException broken) {
    JsonLocation at = broken.getLocation();
    String reason = broken.getOriginalMessage();
    int end = reason.indexOf('\n');
    return (end < 0 ? reason : reason.substring(0, end))
        + (at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr());
  }
}
