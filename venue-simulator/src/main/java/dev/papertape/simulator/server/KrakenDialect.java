package dev.papertape.simulator.server;

import dev.papertape.simulator.kraken.KrakenRequest;
import dev.papertape.simulator.kraken.KrakenTape;
import java.util.List;

/** Kraken v2: a status first, an answer for each symbol, heartbeats once anything is subscribed. */
final class KrakenDialect implements Dialect {

  @Override
  public void opened(Line line) {
    line.say(KrakenRequest.status());
  }

  @Override
  public void request(String text, Line line) {
    switch (KrakenRequest.parse(text)) {
      case KrakenRequest.Answered(String reply) -> line.say(reply);
      case KrakenRequest.Change change ->
          change.streams().forEach(one -> change(change, one, line));
    }
  }

  private static void change(KrakenRequest.Change change, KrakenRequest.One one, Line line) {
    if (!line.isKnown(one.stream())) {
      line.say(change.unknown(one));
      return;
    }
    line.say(change.reply(one));
    if (change.begins()) {
      line.subscribe(List.of(one.stream(), KrakenTape.HEARTBEAT));
    } else {
      line.unsubscribe(List.of(one.stream()));
    }
  }

  @Override
  public byte[] encode(OutboundMessage message) {
    return message.raw();
  }
}
