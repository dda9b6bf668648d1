package dev.papertape.eventstore.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A request's JSON body, size-limited and of the right content type, not yet read. A controller
 * takes it as an argument and reads it once through the route's {@link BodyContract}.
 */
public final class JsonBody {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final byte[] bytes;

  public JsonBody(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The bytes as they were sent. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /**
   * Reads the body to its end.
   *
   * @throws ProblemException 400 when it is no JSON, 422 when it breaks the contract; either way
   *     with every violation that could be found
   */
  public <T> T read(BodyContract<T> contract) {
    Violations violations = new Violations();
    T value = readAll(contract, violations);
    if (value == null || !violations.isEmpty()) {
      throw Problem.violated(
              violations.isMalformed()
                  ? ProblemKind.MALFORMED_BODY
                  : ProblemKind.CONTRACT_VIOLATION,
              violations.all())
          .asException();
    }
    return value;
  }

  /**
   * Lower-case hex SHA-256 over the body's canonical form, for a body that was read without a
   * violation: names sorted by UTF-16 code unit, no white space, and (other than RFC 8785) numbers
   * as their exact decimals, so that two quantities never share a hash.
   */
  public String canonicalSha256() {
    return CanonicalBody.sha256(bytes);
  }

  private <T> @Nullable T readAll(BodyContract<T> contract, Violations violations) {
    String text = utf8(violations);
    if (text == null) {
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
      violations.addMalformed("", "BROKEN_JSON", describe(broken), null);
      return null;
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from memory", impossible);
    }
  }

  /**
   * JSON between systems is UTF-8 (RFC 8259, 8.1). Left to itself the parser would guess UTF-16 and
   * take overlong forms for the characters that they hide.
   */
  private @Nullable String utf8(Violations violations) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException broken) {
      violations.addMalformed("", "NOT_UTF_8", "the body is not valid UTF-8", null);
      return null;
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
