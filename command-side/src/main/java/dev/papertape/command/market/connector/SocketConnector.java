package dev.papertape.command.market.connector;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.InputSink;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.SocketClosed;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all connectors do: learn the instruments, keep one socket open, decode its frames, never on
 * the engine's thread. Frames of a socket that was given up are never handed on.
 */
abstract class SocketConnector implements VenueConnector {
  private static final Logger log = LoggerFactory.getLogger(SocketConnector.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  /** A connection that lasted so long was none of those that end as soon as they begin. */
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(30);

  protected final ConnectorSettings settings;
  protected final InstantSource clock;
  protected final HttpClient client;
  protected final InputSink sink;
  protected final FrameTap tap;
  private final RandomGenerator random;
  private final CandleFetcher candles;
  private final Thread connection;
  private final Thread fetchingCandles;
  private final AtomicLong ordinal = new AtomicLong();
  private volatile boolean closed;
  private volatile @Nullable StreamSession session;

  SocketConnector(
      ConnectorSettings settings,
      InstantSource clock,
      RandomGenerator random,
      InputSink sink,
      FrameTap tap) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.sink = sink;
    this.tap = tap;
    this.client = HttpClient.newBuilder().connectTimeout(settings.connectTimeout()).build();
    this.connection = thread("connect", this::stayConnected);
    this.candles =
        new CandleFetcher(
            settings.venue(), this::candles, settings.candleSpacing(), this::arrival, sink);
    this.fetchingCandles = thread("candles", candles);
  }

  /** One call for one-minute candles; of as much as it gives from {@code from} on. */
  abstract CandlePage candles(Symbol symbol, Instant from, Instant to)
      throws IOException, InterruptedException;

  /** A request that finds the queue full is dropped, and the engine asks again. */
  @Override
  public final void requestCandles(Venue venue, Symbol symbol, Instant from, Instant to) {
    if (venue.equals(settings.venue())) {
      candles.want(symbol, from, to);
    }
  }

  /** The rules of one symbol, as far as it trades there; throws {@link IOException} if unknown. */
  abstract List<InstrumentRules> rules(Symbol symbol) throws IOException, InterruptedException;

  /** Where to connect for these instruments. */
  abstract URI address(List<InstrumentRules> instruments);

  /** A fresh decoder, for one connection. */
  abstract FrameDecoder decoder(List<InstrumentRules> instruments);

  /** The socket is open; a protocol that subscribes by message does it here. */
  void opened(WebSocket socket, List<InstrumentRules> instruments) {}

  /** What of a frame's input is to be handed on: what answers no need any more is taken out. */
  VenueInput current(VenueInput input) {
    return input;
  }

  /** Ends the open socket, if there is one: it is no good. Another is opened. */
  final void reopen(String reason) {
    StreamSession open = session;
    if (open != null) {
      open.giveUp(reason);
    }
  }

  /** Threads of the protocol. */
  abstract List<Thread> helpers();

  @Override
  public final void start() {
    threadsBeside().forEach(Thread::start);
    connection.start();
  }

  @Override
  public final void close() {
    closed = true;
    connection.interrupt();
    threadsBeside().forEach(Thread::interrupt);
    try {
      // The frame that is being handed on just now still arrives; then nothing does.
      connection.join(CLOSE_WAIT);
      client.shutdownNow();
      for (Thread helper : threadsBeside()) {
        helper.join(CLOSE_WAIT);
      }
      client.awaitTermination(CLOSE_WAIT);
    } catch (InterruptedException interrupted) {
      client.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private List<Thread> threadsBeside() {
    List<Thread> threads = new ArrayList<>(helpers());
    threads.add(fetchingCandles);
    return threads;
  }

  private void stayConnected() {
    List<InstrumentRules> instruments = List.of();
    int failures = 0;
    while (!closed) {
      try {
        if (instruments.isEmpty()) {
          instruments = listInstruments();
        }
        failures = listen(instruments) ? 0 : failures + 1;
      } catch (IOException unreachable) {
        if (closed) {
          return; // the client was shut down under it
        }
        failures++;
        log.warn("{}: {}", settings.venue(), unreachable.getMessage());
      } catch (RuntimeException unexpected) {
        if (closed) {
          return;
        }
        failures++;
        log.error("{}: the connection broke; it is tried again", settings.venue(), unexpected);
      } catch (InterruptedException closing) {
        return;
      }
      try {
        Thread.sleep(settings.reconnect().delay(Math.max(0, failures - 1), random));
      } catch (InterruptedException closing) {
        return;
      }
    }
  }

  private List<InstrumentRules> listInstruments() throws IOException, InterruptedException {
    List<InstrumentRules> listed = new ArrayList<>();
    for (Symbol symbol : new TreeSet<>(settings.symbols())) {
      try {
        listed.addAll(rules(symbol));
      } catch (RestCalls.Refused unknown) {
        log.warn("{} does not list {}", settings.venue(), symbol);
      }
    }
    if (listed.isEmpty()) {
      throw new IOException("none of " + settings.symbols() + " trades there");
    }
    sink.accept(new InstrumentsListed(arrival(), List.copyOf(listed)));
    return List.copyOf(listed);
  }

  /**
   * Opens the stream and stays until it ends. Returns whether it was of use: one that says hello
   * and hangs up is a failure, however often it does.
   */
  private boolean listen(List<InstrumentRules> instruments)
      throws IOException, InterruptedException {
    Inputs inputs = new Inputs(instruments);
    StreamSession opening = new StreamSession(inputs, clock);
    WebSocket socket = open(address(instruments), opening);
    Instant opened = clock.instant();
    session = opening;
    String reason = "the connector is closing";
    try {
      reason = opening.awaitEnd(settings.idleTimeout());
      log.info("{}: stream ended: {}", settings.venue(), reason);
      return inputs.broughtBook || opened.plus(LONG_ENOUGH).isBefore(clock.instant());
    } finally {
      session = null;
      opening.finish(socket);
      if (closed) {
        tap.disconnected(settings.venue());
      } else {
        Arrival at = arrival();
        tap.closed(settings.venue(), at.receivedAt(), reason);
        tap.disconnected(settings.venue());
        sink.accept(new SocketClosed(at, reason));
      }
    }
  }

  private static boolean hasDepth(VenueInput input) {
    return switch (input) {
      case VenueInput.DepthDiff _, VenueInput.DepthSnapshot _ -> true;
      case VenueInput.Bundle bundle -> bundle.parts().stream().anyMatch(SocketConnector::hasDepth);
      default -> false;
    };
  }

  /** Turns what the socket brings into inputs. */
  private final class Inputs implements StreamSession.Handler {
    private final List<InstrumentRules> instruments;
    private final FrameDecoder decoder;
    private volatile boolean broughtBook;

    Inputs(List<InstrumentRules> instruments) {
      this.instruments = instruments;
      this.decoder = decoder(instruments);
    }

    @Override
    public void opened(WebSocket socket) throws InterruptedException {
      Arrival at = arrival();
      String address = settings.stream().toString();
      tap.connected(settings.venue(), at.receivedAt(), address, instruments);
      sink.accept(new SocketOpened(at, address));
      SocketConnector.this.opened(socket, instruments);
    }

    @Override
    public void frame(byte[] bytes, int length) throws InterruptedException {
      if (!closed) {
        Arrival at = arrival();
        tap.frame(settings.venue(), at.receivedAt(), bytes, length);
        VenueInput input = current(decoder.decode(at, bytes, 0, length));
        broughtBook |= hasDepth(input);
        sink.accept(input);
      }
    }
  }

  private WebSocket open(URI uri, StreamSession session) throws IOException, InterruptedException {
    CompletableFuture<WebSocket> opening =
        client
            .newWebSocketBuilder()
            .connectTimeout(settings.connectTimeout())
            .buildAsync(uri, session);
    try {
      return opening.get(settings.connectTimeout().toMillis() + 1000, TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new IOException("cannot open " + uri + ": " + failed.getCause(), failed);
    } catch (TimeoutException slow) {
      opening.thenAccept(WebSocket::abort); // Should it open after all.
      throw new IOException("cannot open " + uri + " in " + settings.connectTimeout(), slow);
    }
  }

  protected final Arrival arrival() {
    return new Arrival(
        settings.venue(), clock.instant(), settings.source(), ordinal.getAndIncrement());
  }

  protected final Thread thread(String part, Runnable work) {
    return Thread.ofPlatform().daemon().name(settings.venue() + "-" + part).unstarted(work);
  }
}
