package dev.papertape.command.market.connector;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.InputSink;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.SocketClosed;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.binance.BinanceDecoder;
import dev.papertape.command.market.binance.WireSymbols;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One venue that speaks Binance spot, live or simulated: learns its instruments, keeps one combined
 * stream open, fetches snapshots on request. Whatever fails is retried with jittered backoff until
 * {@link #close}. Frames are decoded here, never on the engine's thread.
 */
public final class BinanceConnector implements SnapshotRequests, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(BinanceConnector.class);
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

  private final ConnectorSettings settings;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final HttpClient client;
  private final BinanceRest rest;
  private final InputSink sink;
  private final SnapshotFetcher snapshots;
  private final Thread connection;
  private final Thread fetching;
  private final AtomicLong ordinal = new AtomicLong();
  private volatile boolean closed;

  /**
   * @param clock receive times of frames
   * @param random jitter of reconnects
   * @param sink takes inputs from two threads of this connector; may make them wait
   */
  public BinanceConnector(
      ConnectorSettings settings, InstantSource clock, RandomGenerator random, InputSink sink) {
    this.settings = settings;
    this.clock = clock;
    this.random = random;
    this.sink = sink;
    this.client = HttpClient.newBuilder().connectTimeout(settings.connectTimeout()).build();
    this.rest = new BinanceRest(client, settings.rest(), settings.requestTimeout(), clock);
    this.snapshots =
        new SnapshotFetcher(
            symbol -> rest.depth(wire(symbol), settings.snapshotDepth()),
            new BinanceDecoder(new WireSymbols(false)),
            this::arrival,
            sink);
    this.connection = thread("connect", this::stayConnected);
    this.fetching = thread("snapshots", snapshots);
  }

  /** Starts connecting; returns at once. */
  public void start() {
    fetching.start();
    connection.start();
  }

  @Override
  public void request(Venue venue, Symbol symbol, long epoch) {
    if (venue.equals(settings.venue())) {
      snapshots.want(symbol, epoch);
    }
  }

  /** Ends the socket and both threads; nothing is put into the sink afterwards. */
  @Override
  public void close() {
    closed = true;
    connection.interrupt();
    fetching.interrupt();
    client.shutdownNow();
    try {
      connection.join(CLOSE_WAIT);
      fetching.join(CLOSE_WAIT);
      client.awaitTermination(CLOSE_WAIT);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void stayConnected() {
    List<InstrumentRules> instruments = List.of();
    int failures = 0;
    while (!closed) {
      try {
        if (instruments.isEmpty()) {
          instruments = listInstruments();
        }
        failures = listen(instruments) > 0 ? 0 : failures + 1;
      } catch (IOException unreachable) {
        if (closed) {
          return; // the client was shut down under it
        }
        failures++;
        log.warn("{}: {}", settings.venue(), unreachable.getMessage());
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
        rest.exchangeInfo(wire(symbol)).instruments().stream()
            .filter(rules -> rules.symbol().equals(symbol))
            .forEach(listed::add);
      } catch (BinanceRest.Refused unknown) {
        log.warn("{} does not list {}", settings.venue(), symbol);
      }
    }
    if (listed.isEmpty()) {
      throw new IOException("none of " + settings.symbols() + " trades there");
    }
    sink.accept(new InstrumentsListed(arrival(), List.copyOf(listed)));
    return listed;
  }

  /** Opens the stream and stays until it ends; returns the number of frames it brought. */
  private long listen(List<InstrumentRules> instruments) throws IOException, InterruptedException {
    WireSymbols symbols = new WireSymbols(false);
    instruments.forEach(rules -> symbols.learn(rules.wireSymbol(), rules.symbol()));
    BinanceDecoder decoder = new BinanceDecoder(symbols);
    StreamSession session = new StreamSession(new Inputs(decoder), clock);
    WebSocket socket = open(streamUri(instruments), session);
    String reason = "the connector is closing";
    try {
      reason = session.awaitEnd(settings.idleTimeout());
      log.info("{}: stream ended: {}", settings.venue(), reason);
      return session.frames();
    } finally {
      session.finish(socket);
      if (!closed) {
        sink.accept(new SocketClosed(arrival(), reason));
      }
    }
  }

  /** Turns what the socket brings into inputs. */
  private final class Inputs implements StreamSession.Handler {
    private final BinanceDecoder decoder;

    Inputs(BinanceDecoder decoder) {
      this.decoder = decoder;
    }

    @Override
    public void opened() throws InterruptedException {
      sink.accept(new SocketOpened(arrival(), settings.stream().toString()));
    }

    @Override
    public void frame(byte[] bytes, int length) throws InterruptedException {
      if (!closed) {
        sink.accept(decoder.decode(arrival(), bytes, 0, length));
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

  private URI streamUri(List<InstrumentRules> instruments) {
    String streams =
        instruments.stream()
            .map(rules -> rules.wireSymbol().toLowerCase(Locale.ROOT))
            .map(wire -> wire + "@depth@100ms/" + wire + "@aggTrade/" + wire + "@kline_1m")
            .collect(Collectors.joining("/"));
    return URI.create(settings.stream() + "/stream?streams=" + streams);
  }

  private static String wire(Symbol symbol) {
    return symbol.base() + symbol.quote();
  }

  private Arrival arrival() {
    return new Arrival(
        settings.venue(), clock.instant(), settings.source(), ordinal.getAndIncrement());
  }

  private Thread thread(String part, Runnable work) {
    return Thread.ofPlatform().daemon().name(settings.venue() + "-" + part).unstarted(work);
  }
}
