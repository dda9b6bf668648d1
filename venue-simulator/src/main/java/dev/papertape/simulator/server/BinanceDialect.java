package dev.papertape.simulator.server;

import dev.papertape.simulator.binance.StreamControl;
import dev.papertape.simulator.binance.StreamRequest;
import java.util.List;

/** Binance: streams by path or by request, raw or in the combined envelope. */
final class BinanceDialect implements Dialect {
  static final int MOST_STREAMS = 1024;

  private final List<String> initial;
  private boolean combined;

  BinanceDialect(List<String> initial, boolean combined) {
    this.initial = initial;
    this.combined = combined;
  }

  @Override
  public void opened(Line line) {
    line.subscribe(initial);
  }

  @Override
  public void request(String text, Line line) {
    line.say(carryOut(StreamControl.parse(text), line));
  }

  private String carryOut(StreamRequest request, Line line) {
    return switch (request) {
      case StreamRequest.Subscribe(String id, List<String> names) -> subscribe(id, names, line);
      case StreamRequest.Unsubscribe(String id, List<String> names) -> {
        line.unsubscribe(names);
        yield StreamControl.result("null", id);
      }
      case StreamRequest.ListSubscriptions(String id) ->
          StreamControl.result(StreamControl.names(line.subscribed()), id);
      case StreamRequest.SetCombined(String id, boolean on) -> {
        combined = on;
        yield StreamControl.result("null", id);
      }
      case StreamRequest.GetCombined(String id) ->
          StreamControl.result(Boolean.toString(combined), id);
      case StreamRequest.Refused(String reply) -> reply;
    };
  }

  /** Stricter than Binance, which takes any name and stays silent: a typing error should show. */
  private static String subscribe(String id, List<String> names, Line line) {
    for (String name : names) {
      if (!line.isKnown(name)) {
        return StreamControl.error(2, "Invalid request: unknown stream " + name, id);
      }
    }
    if (line.subscribed().size() + names.size() > MOST_STREAMS) {
      return StreamControl.error(2, "Invalid request: too many parameters", id);
    }
    line.subscribe(names);
    return StreamControl.result("null", id);
  }

  @Override
  public byte[] encode(OutboundMessage message) {
    return combined ? message.combined() : message.raw();
  }
}
