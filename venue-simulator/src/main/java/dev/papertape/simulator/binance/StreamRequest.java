package dev.papertape.simulator.binance;

import java.util.List;

/** A client's control message on a WebSocket; {@code id} is the JSON text to echo. */
public sealed interface StreamRequest {

  record Subscribe(String id, List<String> streams) implements StreamRequest {}

  record Unsubscribe(String id, List<String> streams) implements StreamRequest {}

  record ListSubscriptions(String id) implements StreamRequest {}

  record SetCombined(String id, boolean combined) implements StreamRequest {}

  record GetCombined(String id) implements StreamRequest {}

  /** Not understood; {@code reply} goes back to the client. */
  record Refused(String reply) implements StreamRequest {}
}
