package dev.papertape.simulator.server;

import dev.papertape.simulator.config.VenueWire;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

/**
 * Opens a session in the venue's dialect: Binance's {@code /ws/a/b} and {@code
 * /stream?streams=a/b}, Coinbase's {@code /}, Kraken's {@code /v2}.
 */
final class StreamNegotiator implements WebSocketNegotiator {

  static final String COMBINED = "/stream";
  static final String RAW = "/ws";
  static final String COINBASE = "/";
  static final String KRAKEN = "/v2";
  private static final long LONGEST_FRAME = 1 << 20;

  private final Function<Request, VenueDesk> desks;
  private final LongSupplier millis;
  private final LongSupplier nanos;

  StreamNegotiator(Function<Request, VenueDesk> desks, LongSupplier millis, LongSupplier nanos) {
    this.desks = desks;
    this.millis = millis;
    this.nanos = nanos;
  }

  @Override
  public @Nullable FrameHandler negotiate(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    VenueDesk desk = desks.apply(request);
    VenueStreams streams = desk.streams();
    if (streams.isFull()) {
      Response.writeError(request, response, callback, 503, "too many connections");
      return null;
    }
    String path = Request.getPathInContext(request);
    VenueWire spoken =
        switch (path) {
          case COINBASE -> VenueWire.COINBASE;
          case KRAKEN -> VenueWire.KRAKEN;
          default -> VenueWire.BINANCE;
        };
    if (desk.config().wire() != spoken) {
      Response.writeError(request, response, callback, 404, "not this venue's path");
      return null;
    }
    boolean combined = path.equals(COMBINED);
    List<String> names =
        spoken != VenueWire.BINANCE
            ? List.of()
            : combined ? fromQuery(request) : names(path.substring(RAW.length()));
    for (String name : names) {
      if (!streams.isKnown(name)) {
        Response.writeError(request, response, callback, 400, "unknown stream");
        return null;
      }
    }
    // compression would cost the loopback more than it saves
    response.setExtensions(List.of());
    Dialect dialect =
        switch (spoken) {
          case BINANCE -> new BinanceDialect(names, combined);
          case COINBASE -> new CoinbaseDialect(millis);
          case KRAKEN -> new KrakenDialect();
        };
    return new StreamSession(streams, dialect, nanos);
  }

  @Override
  public void customize(Configuration configurable) {
    configurable.setAutoFragment(false);
    configurable.setMaxFrameSize(LONGEST_FRAME);
  }

  private static List<String> fromQuery(Request request) {
    Fields query = Request.extractQueryParameters(request);
    String streams = query.getValue("streams");
    return streams == null ? List.of() : names(streams);
  }

  private static List<String> names(String joined) {
    return Arrays.stream(joined.split("/")).filter(name -> !name.isEmpty()).toList();
  }
}
