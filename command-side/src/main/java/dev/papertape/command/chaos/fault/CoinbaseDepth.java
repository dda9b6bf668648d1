package dev.papertape.command.chaos.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** {@code {channel:"l2_data", events:[{type, product_id, updates:[{side, price_level, …}]}]}}. */
final class CoinbaseDepth implements DepthMessage {
  private final ObjectNode event;

  private CoinbaseDepth(ObjectNode event) {
    this.event = event;
  }

  static List<DepthMessage> all(ObjectNode message) {
    if (!message.path("channel").asText().equals("l2_data")) {
      return List.of();
    }
    List<DepthMessage> found = new ArrayList<>();
    for (JsonNode event : message.path("events")) {
      if (event instanceof ObjectNode each) {
        found.add(new CoinbaseDepth(each));
      }
    }
    return found;
  }

  @Override
  public String symbol() {
    return DepthWire.bare(event.path("product_id"));
  }

  @Override
  public boolean isSnapshot() {
    return event.path("type").asText().equals("snapshot");
  }

  @Override
  public void edit(Edit edit) {
    for (JsonNode each : event.path("updates")) {
      if (each instanceof ObjectNode level) {
        BigDecimal quantity =
            edit.quantity(
                level.path("side").asText().equals("bid"),
                new BigDecimal(level.path("price_level").asText()),
                new BigDecimal(level.path("new_quantity").asText()));
        level.put("new_quantity", quantity.toPlainString());
      }
    }
  }

  /** With the time of the message's last level. */
  @Override
  public void append(boolean bid, BigDecimal price, BigDecimal quantity) {
    ArrayNode updates = event.withArray("updates");
    JsonNode last = updates.path(updates.size() - 1);
    ObjectNode level = updates.addObject();
    level.put("side", bid ? "bid" : "offer");
    level.put("event_time", last.path("event_time").asText("1970-01-01T00:00:00Z"));
    level.put("price_level", price.toPlainString());
    level.put("new_quantity", quantity.toPlainString());
  }
}
