package dev.papertape.eventstore.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A body read by a {@link BodyContract}. */
final class StreamedBody {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private StreamedBody() {}

  static <T> @Nullable T read(byte[] bytes, BodyContract<T> contract, Violations violations) {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException broken) {
      violations.addMalformed("", "NOT_UTF_8", "the body is not valid UTF-8", null);
      return null;
    }
    try (JsonParser parser = JSON.createParser(text)) {
      if (parser.nextToken() == null) {
        violations.addMalformed("", "EMPTY", "the body is empty; a JSON object is needed", null);
        return null;
      }
      T value = contract.read(parser, "", violations);
      if (parser.nextToken() != null) {
        violations.addMalformed("", "TRAILING", "something follows the JSON object", null);
      }
      return value;
    } catch (JsonProcessingException broken) {
      violations.addMalformed("", "BROKEN_JSON", BodyTree.describe(broken), null);
      return null;
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }
}
