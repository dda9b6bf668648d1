package dev.papertape.command.market.binance;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity.UpdateIds;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.contracts.market.Symbol;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Depth messages by Jackson's streaming parser: slow, obvious, the oracle of the hand-written one.
 */
final class StreamingReferenceDecoder {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private StreamingReferenceDecoder() {}

  /** Throws {@link IOException} if it is not JSON; null if it is no depth message. */
  static VenueInput decode(Arrival arrival, Symbol symbol, byte[] frame, int from, int to)
      throws IOException {
    try (JsonParser parser = JSON.createParser(frame, from, to - from)) {
      parser.nextToken();
      Map<String, String> fields = new HashMap<>();
      Map<String, List<String>> levels = new HashMap<>();
      object(parser, fields, levels);
      if (parser.nextToken() != null) {
        throw new IOException("text after the end");
      }
      if (!"depthUpdate".equals(fields.get("e"))) {
        return null;
      }
      return new DepthDiff(
          arrival,
          symbol,
          new UpdateIds(
              Long.parseLong(fields.get("U")),
              Long.parseLong(fields.get("u")),
              Long.parseLong(fields.getOrDefault("pu", "-1"))),
          Instant.ofEpochMilli(Long.parseLong(fields.get("E"))),
          PriceLevels.of(levels.get("b").toArray(String[]::new)),
          PriceLevels.of(levels.get("a").toArray(String[]::new)));
    }
  }

  private static void object(
      JsonParser parser, Map<String, String> fields, Map<String, List<String>> levels)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      switch (parser.nextToken()) {
        case START_OBJECT -> object(parser, fields, levels);
        case START_ARRAY -> levels.put(key, texts(parser));
        default -> fields.put(key, parser.getText());
      }
    }
  }

  private static List<String> texts(JsonParser parser) throws IOException {
    List<String> texts = new ArrayList<>();
    int depth = 1;
    while (depth > 0) {
      switch (parser.nextToken()) {
        case START_ARRAY -> depth++;
        case END_ARRAY -> depth--;
        default -> texts.add(parser.getText());
      }
    }
    return texts;
  }
}
