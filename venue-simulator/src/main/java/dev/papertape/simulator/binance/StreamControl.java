package dev.papertape.simulator.binance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads control messages and writes their replies, with Binance's error codes 0 to 3. */
public final class StreamControl {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();
  private static final int LONGEST_TEXT_ID = 36;

  private StreamControl() {}

  /** Never throws: what cannot be read is {@link StreamRequest.Refused}. */
  public static StreamRequest parse(String text) {
    JsonNode root;
    try {
      root = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return refused(3, "Invalid JSON", "null");
    }
    if (!root.isObject()) {
      return refused(2, "Invalid request: expected an object", "null");
    }
    if (!isId(root.get("id"))) {
      return refused(2, "Invalid request: request ID must be an unsigned integer", "null");
    }
    String id = root.get("id").toString();
    JsonNode method = root.path("method");
    if (!method.isTextual()) {
      return refused(2, "Invalid request: missing field `method`", id);
    }
    return switch (method.asText()) {
      case "SUBSCRIBE", "UNSUBSCRIBE" -> subscription(method.asText(), root.path("params"), id);
      case "LIST_SUBSCRIPTIONS" -> new StreamRequest.ListSubscriptions(id);
      case "SET_PROPERTY", "GET_PROPERTY" -> property(method.asText(), root.path("params"), id);
      default ->
          refused(
              2,
              "Invalid request: unknown variant `"
                  + method.asText()
                  + "`, expected one of `SUBSCRIBE`, `UNSUBSCRIBE`, `LIST_SUBSCRIPTIONS`,"
                  + " `SET_PROPERTY`, `GET_PROPERTY`",
              id);
    };
  }

  private static boolean isId(@Nullable JsonNode id) {
    return id != null
        && (id.isNull()
            || id.isIntegralNumber() && id.bigIntegerValue().signum() >= 0
            || id.isTextual() && id.asText().length() <= LONGEST_TEXT_ID);
  }

  private static StreamRequest subscription(String method, JsonNode parameters, String id) {
    List<String> streams = new ArrayList<>();
    for (JsonNode parameter : parameters) {
      if (!parameter.isTextual()) {
        return refused(2, "Invalid request: stream name must be a string", id);
      }
      streams.add(parameter.asText());
    }
    if (!parameters.isArray() || streams.isEmpty()) {
      return refused(2, "Invalid request: missing field `params`", id);
    }
    return method.equals("SUBSCRIBE")
        ? new StreamRequest.Subscribe(id, List.copyOf(streams))
        : new StreamRequest.Unsubscribe(id, List.copyOf(streams));
  }

  private static StreamRequest property(String method, JsonNode parameters, String id) {
    if (!parameters.path(0).isTextual()) {
      return refused(2, "Invalid request: property name must be a string", id);
    }
    if (!parameters.path(0).asText().equals("combined")) {
      return refused(0, "Unknown property", id);
    }
    if (method.equals("GET_PROPERTY")) {
      return new StreamRequest.GetCombined(id);
    }
    return parameters.path(1).isBoolean()
        ? new StreamRequest.SetCombined(id, parameters.path(1).asBoolean())
        : refused(1, "Invalid value type: expected Boolean", id);
  }

  private static StreamRequest refused(int code, String message, String id) {
    return new StreamRequest.Refused(error(code, message, id));
  }

  /** The reply to a request that cannot be carried out. */
  public static String error(int code, String message, String id) {
    String quoted = JsonNodeFactory.instance.textNode(message).toString();
    return "{\"error\":{\"code\":" + code + ",\"msg\":" + quoted + "},\"id\":" + id + "}";
  }

  /** The reply to a request that was carried out. */
  public static String result(String resultJson, String id) {
    return "{\"result\":" + resultJson + ",\"id\":" + id + "}";
  }

  /** A list of stream names as JSON. */
  public static String names(Collection<String> streams) {
    var names = JsonNodeFactory.instance.arrayNode();
    streams.forEach(names::add);
    return names.toString();
  }

  /** The envelope of combined streams. */
  public static String combined(String stream, String json) {
    return "{\"stream\":\"" + stream + "\",\"data\":" + json + "}";
  }
}
