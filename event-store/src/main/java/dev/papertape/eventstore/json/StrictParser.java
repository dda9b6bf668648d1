package dev.papertape.eventstore.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Parses JSON into sorted maps, lists, strings, doubles, booleans and nulls. Refuses whatever two
 * readers could understand differently (I-JSON, RFC 7493): duplicate names, broken UTF-8, lone
 * surrogates, integers beyond a double, anything after the value.
 */
final class StrictParser {
  private static final JsonFactory FACTORY =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private StrictParser() {}

  static @Nullable Object parse(byte[] json) {
    try (JsonParser parser = FACTORY.createParser(decode(json))) {
      if (parser.nextToken() == null) {
        throw new NotCanonicalException("no JSON value");
      }
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new NotCanonicalException("more after the JSON value");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new NotCanonicalException(e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new NotCanonicalException(e.getMessage(), e);
    }
  }

  private static String decode(byte[] json) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(json)).toString();
    } catch (CharacterCodingException e) {
      throw new NotCanonicalException("not UTF-8", e);
    }
  }

  private static @Nullable Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> wellFormed(parser.getText());
      case VALUE_NUMBER_INT -> Numbers.parse(parser.getText(), true);
      case VALUE_NUMBER_FLOAT -> Numbers.parse(parser.getText(), false);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw new NotCanonicalException("unexpected " + parser.currentToken());
    };
  }

  private static SortedMap<String, @Nullable Object> object(JsonParser parser) throws IOException {
    SortedMap<String, @Nullable Object> members = new TreeMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = wellFormed(parser.currentName());
      parser.nextToken();
      members.put(name, value(parser));
    }
    return members;
  }

  private static List<@Nullable Object> array(JsonParser parser) throws IOException {
    List<@Nullable Object> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      items.add(value(parser));
    }
    return items;
  }

  private static String wellFormed(String text) {
    if (!Surrogates.arePaired(text)) {
      throw new NotCanonicalException("lone surrogate in a string");
    }
    return text;
  }
}
