package dev.papertape.command.chaos.fault;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** JSON whose numbers keep every digit, trailing zeros too: Kraken sums up digits. */
final class WireJson {
  static final JsonMapper EXACT =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private WireJson() {}

  /** Null for what is no JSON object: no fault has anything to do with it. */
  static @Nullable ObjectNode read(byte[] text) {
    try {
      JsonNode root = EXACT.readTree(text);
      return root instanceof ObjectNode object ? object : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  static byte[] write(ObjectNode root) {
    try {
      return EXACT.writeValueAsBytes(root);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory", impossible);
    }
  }
}
