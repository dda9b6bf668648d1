package dev.papertape.simulator.binance;

import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueWire;
import dev.papertape.simulator.market.SimulatedMarket;
import dev.papertape.simulator.wire.StreamSink;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The default market without sockets or waiting: some minutes of history, a fixed start. */
final class RunningTape {

  /** 2026-03-01T12:34:56.780Z: in the middle of a minute. */
  static final long START = 1_772_368_496_780L;

  record Message(String venue, String stream, long eventMillis, String json) {}

  final SimulatorConfig config;
  final SimulatedMarket market;
  final List<Message> messages = new ArrayList<>();
  private final StreamTape tape;
  private final Predicate<String> wanted;

  RunningTape(long seed, Predicate<String> wanted) {
    this(SimulatorConfig.defaults(seed).withHistoryMinutes(10).speaking(VenueWire.BINANCE), wanted);
  }

  RunningTape(SimulatorConfig config, Predicate<String> wanted) {
    this.config = config;
    this.market = new SimulatedMarket(config, START);
    this.tape = new StreamTape(config, market);
    this.wanted = wanted;
  }

  RunningTape run(int seconds) {
    for (int i = 0; i < seconds * 1000 / SimulatorConfig.STEP_MILLIS; i++) {
      step();
    }
    return this;
  }

  void step() {
    market.step();
    tape.publish(
        market.millis(),
        new StreamSink() {
          @Override
          public boolean wants(String venue, String stream) {
            return wanted.test(stream);
          }

          @Override
          public void accept(String venue, String stream, long eventMillis, String json) {
            messages.add(new Message(venue, stream, eventMillis, json));
          }
        });
  }

  List<String> of(String venue, String stream) {
    return messages.stream()
        .filter(message -> message.venue().equals(venue) && message.stream().equals(stream))
        .map(Message::json)
        .toList();
  }

  RestApi rest(String venue) {
    return new RestApi(config.venue(venue).orElseThrow(), market);
  }

  /** A reply that must be there. */
  RestReply get(String venue, String path, Map<String, String> query) {
    Map<String, List<String>> parameters = new java.util.HashMap<>();
    query.forEach((name, value) -> parameters.put(name, List.of(value)));
    return rest(venue).reply(path, parameters, market.millis()).orElseThrow();
  }

  String snapshot(String venue, String symbol) {
    return get(venue, "/api/v3/depth", Map.of("symbol", symbol, "limit", "5000")).json();
  }

  String sha256() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Message message : messages) {
        digest.update(message.toString().getBytes(StandardCharsets.UTF_8));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
