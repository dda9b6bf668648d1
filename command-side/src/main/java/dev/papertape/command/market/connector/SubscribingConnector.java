package dev.papertape.command.market.connector;

import dev.papertape.command.market.InputSink;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One venue whose books come in the stream, snapshot first: a snapshot that the engine asks for is
 * had by ending the book's subscription and beginning it anew. It stands in the stream in its
 * place, and frames of an earlier socket are never handed on, so no snapshot can come too late to
 * an epoch.
 */
final class SubscribingConnector extends SocketConnector {
  private static final int WAITING = 1024;

  /** A gap breaks all books of a connection at once: they are asked for in one message. */
  private static final Duration GATHERING = Duration.ofMillis(100);

  /** Coinbase takes eight messages a second; two a resubscription leave room for the first ones. */
  private static final Duration BETWEEN_RESUBSCRIPTIONS = Duration.ofSeconds(1);

  /** The open socket, and which books' snapshots are under way on it since when. */
  private record Link(
      Outbox outbox, Map<Symbol, String> wireNames, Map<Symbol, Instant> underway) {}

  private final Subscriptions protocol;
  private final BlockingQueue<Symbol> wanted = new ArrayBlockingQueue<>(WAITING);
  private final Thread resubscribing;
  private volatile @Nullable Link link;

  SubscribingConnector(
      ConnectorSettings settings,
      Subscriptions.Maker protocol,
      InstantSource clock,
      RandomGenerator random,
      InputSink sink,
      FrameTap tap) {
    super(settings, clock, random, sink, tap);
    this.protocol =
        protocol.of(new RestCalls(client, settings.rest(), settings.requestTimeout()), settings);
    this.resubscribing = thread("resubscribe", this::resubscribe);
  }

  /** A request that finds the queue full is dropped, and the engine asks again. */
  @Override
  public void request(Venue venue, Symbol symbol, long epoch) {
    if (venue.equals(settings.venue())) {
      wanted.offer(symbol);
    }
  }

  @Override
  List<InstrumentRules> rules(Symbol symbol) throws IOException, InterruptedException {
    return protocol.rules(symbol);
  }

  @Override
  CandlePage candles(Symbol symbol, Instant from, Instant to)
      throws IOException, InterruptedException {
    return protocol.candles(symbol, from, to);
  }

  @Override
  URI address(List<InstrumentRules> instruments) {
    return settings.stream();
  }

  @Override
  FrameDecoder decoder(List<InstrumentRules> instruments) {
    return protocol.decoder();
  }

  @Override
  List<Thread> helpers() {
    return List.of(resubscribing);
  }

  @Override
  void opened(WebSocket socket, List<InstrumentRules> instruments) {
    Map<Symbol, String> names =
        instruments.stream()
            .collect(
                Collectors.toUnmodifiableMap(InstrumentRules::symbol, InstrumentRules::wireSymbol));
    Link opened = new Link(new Outbox(socket), names, new ConcurrentHashMap<>());
    Instant now = clock.instant();
    names.keySet().forEach(symbol -> opened.underway.put(symbol, now));
    protocol
        .everything(instruments.stream().map(InstrumentRules::wireSymbol).toList())
        .forEach(opened.outbox::send);
    link = opened;
  }

  @Override
  void decoded(VenueInput input) {
    Link open = link;
    if (open == null) {
      return;
    }
    switch (input) {
      case DepthSnapshot snapshot -> open.underway.remove(snapshot.symbol());
      case Bundle bundle -> bundle.parts().forEach(this::decoded);
      default -> {}
    }
  }

  private void resubscribe() {
    long earliest = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        Set<Symbol> symbols = new TreeSet<>(Set.of(wanted.take()));
        long until = Math.max(earliest, System.nanoTime() + GATHERING.toNanos());
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
          Symbol more = wanted.poll(left, TimeUnit.NANOSECONDS);
          if (more != null) {
            symbols.add(more);
          }
        }
        askAnew(symbols);
        earliest = System.nanoTime() + BETWEEN_RESUBSCRIPTIONS.toNanos();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Books whose snapshot is under way already are not asked for again too soon. */
  private void askAnew(Set<Symbol> symbols) {
    Link open = link;
    if (open == null) {
      return; // What is opened next subscribes to everything.
    }
    Instant now = clock.instant();
    List<String> names =
        symbols.stream()
            .filter(open.wireNames::containsKey)
            .filter(
                symbol -> {
                  Instant since = open.underway.get(symbol);
                  return since == null || since.plus(settings.requestTimeout()).isBefore(now);
                })
            .peek(symbol -> open.underway.put(symbol, now))
            .map(open.wireNames::get)
            .toList();
    if (!names.isEmpty()) {
      protocol.booksAnew(names).forEach(open.outbox::send);
    }
  }
}
