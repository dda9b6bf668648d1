package dev.papertape.command.market.connector;

import dev.papertape.command.market.InputSink;
import dev.papertape.command.market.VenueInput;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One venue whose books come in the stream, snapshot first: a snapshot that the engine asks for is
 * had by ending the book's subscription and beginning it anew. It stands in the stream in its
 * place; frames of an earlier socket, and of an earlier subscription ({@link BookLink}), are never
 * handed on, so no snapshot can come too late to an epoch.
 */
final class SubscribingConnector extends SocketConnector {
  private static final Logger log = LoggerFactory.getLogger(SubscribingConnector.class);
  private static final int WAITING = 1024;

  /** A gap breaks all books of a connection at once: they are asked for in one message. */
  private static final Duration GATHERING = Duration.ofMillis(100);

  /** Coinbase takes eight messages a second; two a resubscription leave room for the first ones. */
  private static final Duration BETWEEN_RESUBSCRIPTIONS = Duration.ofSeconds(1);

  /** Subscriptions in a row that bring no book: the socket is no good. */
  private static final int MOST_FRUITLESS = 3;

  private record Wanted(Symbol symbol, long askedAtNanos) {}

  private final Subscriptions protocol;
  private final BlockingQueue<Wanted> wanted = new ArrayBlockingQueue<>(WAITING);
  private final Set<Symbol> reopenedFor = ConcurrentHashMap.newKeySet();
  private final Thread resubscribing;
  private volatile @Nullable BookLink link;

  SubscribingConnector(
      ConnectorSettings settings,
      RestCalls rest,
      Subscriptions.Maker protocol,
      InstantSource clock,
      RandomGenerator random,
      InputSink sink,
      FrameTap tap) {
    super(settings, clock, random, sink, tap);
    this.protocol = protocol.of(rest, settings);
    this.resubscribing = thread("resubscribe", this::resubscribe);
  }

  /** A request that finds the queue full is dropped, and the engine asks again. */
  @Override
  public void request(Venue venue, Symbol symbol, long epoch) {
    if (venue.equals(settings.venue())) {
      wanted.offer(new Wanted(symbol, System.nanoTime()));
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
    return protocol.decoder(
        (request, symbol) -> {
          BookLink open = link;
          if (open != null) {
            open.acknowledged(request, symbol);
          }
        });
  }

  @Override
  List<Thread> helpers() {
    return List.of(resubscribing);
  }

  @Override
  void opened(WebSocket socket, List<InstrumentRules> instruments) {
    link =
        new BookLink(
            new Outbox(socket), protocol, instruments, settings.requestTimeout(), clock.instant());
  }

  @Override
  VenueInput current(VenueInput input) {
    BookLink open = link;
    return open == null ? input : open.current(input);
  }

  private void resubscribe() {
    long earliest = System.nanoTime();
    try {
      while (!Thread.currentThread().isInterrupted()) {
        List<Wanted> gathered = new ArrayList<>(List.of(wanted.take()));
        long until = Math.max(earliest, System.nanoTime() + GATHERING.toNanos());
        for (long left = until - System.nanoTime(); left > 0; left = until - System.nanoTime()) {
          Wanted more = wanted.poll(left, TimeUnit.NANOSECONDS);
          if (more != null) {
            gathered.add(more);
          }
        }
        try {
          askAnew(gathered);
        } catch (RuntimeException broken) {
          log.warn("{}: cannot ask for books anew", settings.venue(), broken);
        }
        earliest = System.nanoTime() + BETWEEN_RESUBSCRIPTIONS.toNanos();
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** A book that came while its request waited is not asked for: it would be thrown away again. */
  private void askAnew(List<Wanted> gathered) {
    BookLink open = link;
    if (open == null) {
      return; // What is opened next subscribes to everything.
    }
    Set<Symbol> symbols = new TreeSet<>();
    for (Wanted each : gathered) {
      if (!open.answeredSince(each.symbol(), each.askedAtNanos())) {
        symbols.add(each.symbol());
      }
    }
    for (Symbol symbol : symbols) {
      int fruitless = open.fruitless(symbol);
      if (fruitless == 0) {
        reopenedFor.remove(symbol);
      } else if (fruitless >= MOST_FRUITLESS && reopenedFor.add(symbol)) {
        reopen("no book of " + symbol + " after " + fruitless + " subscriptions");
        return;
      }
    }
    open.askAnew(symbols, clock.instant());
  }
}
