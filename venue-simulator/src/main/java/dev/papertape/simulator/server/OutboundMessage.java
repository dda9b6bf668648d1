package dev.papertape.simulator.server;

import dev.papertape.simulator.binance.StreamControl;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A stream message, encoded at most once per form however many sessions want it. */
final class OutboundMessage {

  private final String stream;
  private final String json;
  private byte @Nullable [] raw;
  private byte @Nullable [] combined;

  private final boolean broken;

  OutboundMessage(String stream, String json) {
    this(stream, json, false);
  }

  private OutboundMessage(String stream, String json, boolean broken) {
    this.stream = stream;
    this.json = json;
    this.broken = broken;
  }

  /** One that is not as the venue wrote it. */
  static OutboundMessage broken(String stream, String json) {
    return new OutboundMessage(stream, json, true);
  }

  boolean isBroken() {
    return broken;
  }

  String stream() {
    return stream;
  }

  String json() {
    return json;
  }

  byte[] raw() {
    byte[] bytes = raw;
    if (bytes == null) {
      bytes = json.getBytes(StandardCharsets.UTF_8);
      raw = bytes;
    }
    return bytes;
  }

  byte[] combined() {
    byte[] bytes = combined;
    if (bytes == null) {
      bytes = StreamControl.combined(stream, json).getBytes(StandardCharsets.UTF_8);
      combined = bytes;
    }
    return bytes;
  }
}
