package dev.papertape.simulator.server;

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

/** Turns {@code /ws/a/b} and {@code /stream?streams=a/b} into a session with those streams. */
final class StreamNegotiator implements WebSocketNegotiator {

  static final String COMBINED = "/stream";
  static final String RAW = "/ws";
  private static final long LONGEST_FRAME = 1 << 20;

  private final Function<Request, VenueDesk> desks;
  private final LongSupplier nanos;

  StreamNegotiator(Function<Request, VenueDesk> desks, LongSupplier nanos) {
    this.desks = desks;
    this.nanos = nanos;
  }

  @Override
  public @Nullable FrameHandler negotiate(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    VenueStreams streams = desks.apply(request).streams();
    if (streams.isFull()) {
      Response.writeError(request, response, callback, 503, "too many connections");
      return null;
    }
    String path = Request.getPathInContext(request);
    boolean combined = path.equals(COMBINED);
    List<String> names = combined ? fromQuery(request) : names(path.substring(RAW.length()));
    for (String name : names) {
      if (!streams.isKnown(name)) {
        Response.writeError(request, response, callback, 400, "unknown stream");
        return null;
      }
    }
    // compression would cost the loopback more than it saves
    response.setExtensions(List.of());
    return new StreamSession(streams, names, combined, nanos);
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
