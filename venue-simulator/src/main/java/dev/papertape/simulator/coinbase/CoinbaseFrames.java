package dev.papertape.simulator.coinbase;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The envelope of Advanced Trade's frames. */
public final class CoinbaseFrames {
  private static final String OPEN_NUMBER = "\"sequence_num\":,";
  private static final int NUMBER_AT = OPEN_NUMBER.length() - 1;
  private static final JsonMapper JSON = new JsonMapper();

  private CoinbaseFrames() {}

  static StringBuilder begin(String channel, String timestamp) {
    return new StringBuilder(512)
        .append("{\"channel\":\"")
        .append(channel)
        .append("\",\"client_id\":\"\",\"timestamp\":\"")
        .append(timestamp)
        .append("\",")
        .append(OPEN_NUMBER)
        .append("\"events\":[");
  }

  static String end(StringBuilder out) {
    return out.append("]}").toString();
  }

  /** The frame with its connection's number. */
  public static String numbered(String frame, long sequence) {
    int at = frame.indexOf(OPEN_NUMBER);
    return at < 0
        ? frame
        : frame.substring(0, at + NUMBER_AT) + sequence + frame.substring(at + NUMBER_AT);
  }

  static String heartbeat(String timestamp, long counter) {
    var out = begin("heartbeats", timestamp);
    out.append("{\"current_time\":\"").append(timestamp);
    return end(out.append("\",\"heartbeat_counter\":").append(counter).append('}'));
  }

  /** What the connection listens to now, after a request. */
  public static String subscriptions(String timestamp, Collection<String> streams) {
    Map<String, TreeSet<String>> byChannel = new TreeMap<>();
    for (String stream : streams) {
      int slash = stream.indexOf('/');
      TreeSet<String> products =
          byChannel.computeIfAbsent(
              slash < 0 ? stream : stream.substring(0, slash), channel -> new TreeSet<>());
      if (slash >= 0) {
        products.add(stream.substring(slash + 1));
      }
    }
    ObjectNode event = JSON.createObjectNode();
    ObjectNode channels = event.putObject("subscriptions");
    byChannel.forEach(
        (channel, products) -> {
          var names = channels.putArray(channel);
          products.forEach(names::add);
        });
    return end(begin("subscriptions", timestamp).append(event));
  }

  /** Nothing counts an error; it has no number. */
  public static String error(String message) {
    return JSON.createObjectNode().put("type", "error").put("message", message).toString();
  }
}
