package dev.papertape.simulator.kraken;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A client's message on Kraken's v2 socket. */
public sealed interface KrakenRequest {
  JsonMapper JSON = new JsonMapper();

  /** One stream to start or end; a request of several symbols is answered for each. */
  record One(String stream, String channel, String symbol, @Nullable Integer depth) {}

  /** Streams to start ({@code begins}) or to end; {@code id} is the JSON to echo, if any. */
  record Change(boolean begins, List<One> streams, @Nullable JsonNode id) implements KrakenRequest {
    public String reply(One one) {
      ObjectNode reply = answer(begins ? "subscribe" : "unsubscribe", id);
      ObjectNode result = reply.putObject("result").put("channel", one.channel());
      if (one.depth() != null) {
        result.put("depth", one.depth());
      }
      if (begins) {
        result.put("snapshot", one.depth() != null);
      }
      result.put("symbol", one.symbol());
      return reply.put("success", true).toString();
    }

    public String unknown(One one) {
      return answer(begins ? "subscribe" : "unsubscribe", id)
          .put("error", "Currency pair not supported " + one.symbol())
          .put("success", false)
          .put("symbol", one.symbol())
          .toString();
    }
  }

  /** Wants this answer and nothing else. */
  record Answered(String reply) implements KrakenRequest {}

  /** What a connection is told first. */
  static String status() {
    return "{\"channel\":\"status\",\"type\":\"update\",\"data\":[{\"version\":\"2.0.0\","
        + "\"system\":\"online\",\"api_version\":\"v2\",\"connection_id\":1}]}";
  }

  /** Never throws. */
  static KrakenRequest parse(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return new Answered("{\"error\":\"Malformed request\",\"success\":false}");
    }
    JsonNode id = root.get("req_id");
    String method = root.path("method").asText();
    if (method.equals("ping")) {
      return new Answered(answer("pong", id).toString());
    }
    if (!method.equals("subscribe") && !method.equals("unsubscribe")) {
      return refused(method, id, "Method not supported");
    }
    JsonNode parameters = root.path("params");
    String channel = parameters.path("channel").asText();
    int depth = parameters.path("depth").asInt(KrakenTape.DEPTHS.getFirst());
    boolean book = channel.equals("book");
    if (!book && !channel.equals("trade") && !channel.equals("ohlc")) {
      return refused(method, id, "Channel not supported " + channel);
    }
    if (book && !KrakenTape.DEPTHS.contains(depth)) {
      return refused(method, id, "Subscription depth not supported");
    }
    List<One> streams = new ArrayList<>();
    for (JsonNode symbol : parameters.path("symbol")) {
      String name = channel + "/" + symbol.asText();
      streams.add(
          new One(book ? name + "/" + depth : name, channel, symbol.asText(), book ? depth : null));
    }
    return new Change(method.equals("subscribe"), List.copyOf(streams), id);
  }

  private static Answered refused(String method, @Nullable JsonNode id, String error) {
    return new Answered(answer(method, id).put("error", error).put("success", false).toString());
  }

  private static ObjectNode answer(String method, @Nullable JsonNode id) {
    ObjectNode answer = JSON.createObjectNode().put("method", method);
    if (id != null) {
      answer.set("req_id", id);
    }
    return answer;
  }
}
