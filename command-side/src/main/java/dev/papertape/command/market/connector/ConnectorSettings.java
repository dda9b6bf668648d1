package dev.papertape.command.market.connector;

import dev.papertape.command.market.Backoff;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueKind;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * One venue, live or simulated.
 *
 * @param source index of the connection among all of the engine's, unique
 * @param rest base of its REST calls, for example {@code https://api.binance.com}, {@code
 *     https://api.coinbase.com}, {@code https://api.kraken.com}
 * @param stream of Binance the base of {@code /stream?streams=…}, for example {@code
 *     wss://stream.binance.com:9443}; of others the whole address: {@code
 *     wss://advanced-trade-ws.coinbase.com}, {@code wss://ws.kraken.com/v2}
 * @param symbols what to listen to; those that the venue does not list are left out with a warning
 * @param snapshotDepth levels a side of a snapshot, 1 to 5000; of Kraken those subscribed to, the
 *     next depth on offer; Coinbase has whole books only
 * @param candleSpacing least time between two calls for candles
 * @param idleTimeout a socket without any frame for longer is closed and opened anew
 */
public record ConnectorSettings(
    Venue venue,
    int source,
    URI rest,
    URI stream,
    Set<Symbol> symbols,
    int snapshotDepth,
    Duration connectTimeout,
    Duration requestTimeout,
    Duration candleSpacing,
    Duration idleTimeout,
    Backoff reconnect) {

  /** A public endpoint's slowest replies, Binance's whole exchangeInfo, take some seconds. */
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);

  /** The simulator is next door. */
  private static final Duration SIMULATED_REQUEST_TIMEOUT = Duration.ofSeconds(3);

  /** How long a REST call to a venue of this kind may take. */
  public static Duration requestTimeout(VenueKind kind) {
    return kind == VenueKind.SIMULATED ? SIMULATED_REQUEST_TIMEOUT : REQUEST_TIMEOUT;
  }

  /** Deep enough to fill from; only the ten best levels are ever proved. */
  private static final int KRAKEN_DEPTH = 100;

  /** Coinbase answers ten public calls a second; Binance counts weights. */
  private static final Duration CANDLE_SPACING = Duration.ofMillis(150);

  /** Kraken's public calls: about one a second. */
  private static final Duration KRAKEN_SPACING = Duration.ofSeconds(1);

  /** With what suits the protocol better than the usual. */
  public ConnectorSettings tunedTo(WireProtocol wire) {
    return wire == WireProtocol.KRAKEN
        ? withSnapshotDepth(KRAKEN_DEPTH).withCandleSpacing(KRAKEN_SPACING)
        : this;
  }

  ConnectorSettings withCandleSpacing(Duration spacing) {
    return new ConnectorSettings(
        venue,
        source,
        rest,
        stream,
        symbols,
        snapshotDepth,
        connectTimeout,
        requestTimeout,
        spacing,
        idleTimeout,
        reconnect);
  }

  public ConnectorSettings withRequestTimeout(Duration timeout) {
    return new ConnectorSettings(
        venue,
        source,
        rest,
        stream,
        symbols,
        snapshotDepth,
        connectTimeout,
        timeout,
        candleSpacing,
        idleTimeout,
        reconnect);
  }

  public ConnectorSettings withSnapshotDepth(int levels) {
    return new ConnectorSettings(
        venue,
        source,
        rest,
        stream,
        symbols,
        levels,
        connectTimeout,
        requestTimeout,
        candleSpacing,
        idleTimeout,
        reconnect);
  }

  /** Timings that suit the public endpoints. */
  public static ConnectorSettings of(
      Venue venue, int source, URI rest, URI stream, Set<Symbol> symbols) {
    return new ConnectorSettings(
        venue,
        source,
        rest,
        stream,
        symbols,
        1000,
        Duration.ofSeconds(5),
        REQUEST_TIMEOUT,
        CANDLE_SPACING,
        Duration.ofSeconds(15),
        new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)));
  }
}
