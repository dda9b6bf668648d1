package dev.papertape.simulator.coinbase;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.List;

/** A client's message on Advanced Trade's socket. */
public sealed interface CoinbaseRequest {

  /** Streams to start. */
  record Subscribe(List<String> streams) implements CoinbaseRequest {}

  /** Streams to end. */
  record Unsubscribe(List<String> streams) implements CoinbaseRequest {}

  /** Not understood; {@code message} says why. */
  record Refused(String message) implements CoinbaseRequest {}

  /** Never throws. */
  static CoinbaseRequest parse(String text) {
    JsonNode root;
    try {
      root = new JsonMapper().readTree(text);
    } catch (JsonProcessingException e) {
      return new Refused("failure to parse message");
    }
    String channel = root.path("channel").asText();
    List<String> streams = new ArrayList<>();
    switch (channel) {
      case "heartbeats" -> streams.add(CoinbaseTape.HEARTBEATS);
      case "level2" -> root.path("product_ids").forEach(id -> streams.add(level2(id.asText())));
      case "market_trades" ->
          root.path("product_ids").forEach(id -> streams.add(CoinbaseTape.TRADES + id.asText()));
      default -> {
        return new Refused("channel not found: " + channel);
      }
    }
    if (streams.isEmpty()) {
      return new Refused("no product_ids");
    }
    return switch (root.path("type").asText()) {
      case "subscribe" -> new Subscribe(List.copyOf(streams));
      case "unsubscribe" -> new Unsubscribe(List.copyOf(streams));
      default -> new Refused("type is neither subscribe nor unsubscribe");
    };
  }

  private static String level2(String product) {
    return CoinbaseTape.LEVEL2 + product;
  }
}
