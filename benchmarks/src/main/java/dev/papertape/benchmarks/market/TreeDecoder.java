package dev.papertape.benchmarks.market;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.Integrity.UpdateIds;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput;
import dev.papertape.contracts.market.Symbol;
import java.io.IOException;
import java.time.Instant;

/** The usual way to read a depth frame: Jackson's tree, then values from texts. */
final class TreeDecoder {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Symbol symbol;

  TreeDecoder(Symbol symbol) {
    this.symbol = symbol;
  }

  VenueInput decode(Arrival arrival, byte[] frame) throws IOException {
    JsonNode root = JSON.readTree(frame);
    JsonNode data = root.has("data") ? root.path("data") : root;
    if (data.has("lastUpdateId")) {
      return new VenueInput.DepthSnapshot(
          arrival,
          symbol,
          UpdateIds.ofSnapshot(data.path("lastUpdateId").longValue()),
          Instant.ofEpochMilli(data.path("E").longValue()),
          levels(data.path("bids")),
          levels(data.path("asks")),
          VenueInput.DepthSnapshot.INLINE);
    }
    return new VenueInput.DepthDiff(
        arrival,
        symbol,
        new UpdateIds(
            data.path("U").longValue(),
            data.path("u").longValue(),
            data.path("pu").asLong(UpdateIds.NO_PREVIOUS)),
        Instant.ofEpochMilli(data.path("E").longValue()),
        levels(data.path("b")),
        levels(data.path("a")));
  }

  private static PriceLevels levels(JsonNode side) {
    String[] texts = new String[2 * side.size()];
    for (int i = 0; i < side.size(); i++) {
      texts[2 * i] = side.get(i).get(0).textValue();
      texts[2 * i + 1] = side.get(i).get(1).textValue();
    }
    return PriceLevels.of(texts);
  }
}
