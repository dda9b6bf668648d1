package dev.papertape.eventstore.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One text for all spellings of one JSON value; see {@link JsonBody#canonicalSha256()}. */
final class CanonicalBody {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.USE_BIG_INTEGER_FOR_INTS)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private CanonicalBody() {}

  static String sha256(byte[] json) {
    try {
      byte[] canonical = MAPPER.writeValueAsBytes(sorted(MAPPER.readValue(json, Object.class)));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(canonical));
    } catch (IOException notRead) {
      throw new UncheckedIOException("the body was to be read first", notRead);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every JDK has SHA-256", missing);
    }
  }

  private static @Nullable Object sorted(@Nullable Object value) {
    return switch (value) {
      case Map<?, ?> object -> {
        Map<String, @Nullable Object> members = new TreeMap<>();
        object.forEach((name, member) -> members.put(String.valueOf(name), sorted(member)));
        yield members;
      }
      case List<?> array -> array.stream().map(CanonicalBody::sorted).toList();
      // Written in scientific form where it is large: an exponent may name more digits than fit.
      case Number number -> new BigDecimal(number.toString()).stripTrailingZeros();
      case null, default -> value;
    };
  }
}
