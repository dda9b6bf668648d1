package dev.papertape.simulator.server;

import dev.papertape.simulator.kraken.ClientBook;
import dev.papertape.simulator.kraken.KrakenRequest;
import dev.papertape.simulator.kraken.KrakenTape;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Kraken v2: a status first, an answer for each symbol, heartbeats once anything is subscribed. */
final class KrakenDialect implements Dialect {
  private final Map<String, ClientBook> books = new HashMap<>();

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
  public byte @Nullable [] encode(OutboundMessage message) {
    if (!ClientBook.isOf(message.stream())) {
      return message.raw();
    }
    String json = message.json();
    String sent = book(message).pass(json, message.isBroken());
    if (sent == null) {
      return null;
    }
    return sent.equals(json) ? message.raw() : sent.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void lost(OutboundMessage message) {
    book(message).lost();
  }

  private ClientBook book(OutboundMessage message) {
    return books.computeIfAbsent(message.stream(), ClientBook::of);
  }
}
