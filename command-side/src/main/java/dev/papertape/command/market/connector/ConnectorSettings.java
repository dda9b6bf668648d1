package dev.papertape.command.market.connector;

import dev.papertape.command.market.Backoff;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/**
 * One venue that speaks Binance spot.
 *
 * @param source index of the connection among all of the engine's, unique
 * @param rest base of {@code /api/v3/…}, for example {@code https://api.binance.com}
 * @param stream base of {@code /stream?streams=…}, for example {@code
 *     wss://stream.binance.com:9443}
 * @param symbols what to listen to; those that the venue does not list are left out with a warning
 * @param snapshotDepth levels a side of a snapshot, 1 to 5000; deeper costs more weight
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
    Duration idleTimeout,
    Backoff reconnect) {

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
        Duration.ofSeconds(10),
        Duration.ofSeconds(15),
        new Backoff(Duration.ofMillis(250), Duration.ofSeconds(30)));
  }
}
