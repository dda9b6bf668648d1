package dev.papertape.command.chaos.proxy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.Configuration;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.FrameHandler;
import org.eclipse.jetty.websocket.core.client.CoreClientUpgradeRequest;
import org.eclipse.jetty.websocket.core.client.WebSocketCoreClient;
import org.eclipse.jetty.websocket.core.exception.UpgradeException;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.core.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.core.server.WebSocketNegotiator;
import org.jspecify.annotations.Nullable;

/** Opens the venue's socket before it accepts the connector's; a refusal is handed on. */
final class SocketGate implements WebSocketNegotiator {
  /** A whole book of Coinbase in one frame has 5 million bytes. */
  private static final long LARGEST_FRAME = 64L << 20;

  private static final Duration LONGEST_OPENING = Duration.ofSeconds(4);
  private static final int BAD_GATEWAY = 502;

  /** What is between two neighbours only, and what each handshake makes for itself. */
  private static final Set<String> NOT_HANDED_ON =
      Set.of("host", "connection", "upgrade", "content-length", "http2-settings");

  private final Function<Request, VenueLane> lanes;
  private final WebSocketCoreClient client;

  SocketGate(Function<Request, VenueLane> lanes, WebSocketCoreClient client) {
    this.lanes = lanes;
    this.client = client;
  }

  @Override
  public @Nullable FrameHandler negotiate(
      ServerUpgradeRequest request, ServerUpgradeResponse response, Callback callback) {
    VenueLane lane = lanes.apply(request);
    SocketRelay relay = new SocketRelay(lane);
    CoreClientUpgradeRequest upstream =
        CoreClientUpgradeRequest.from(
            client, lane.upstream(true, request.getHttpURI().getPathQuery()), relay.venueSide());
    upstream.setConfiguration(limits());
    upstream.headers(headers -> copy(request.getHeaders(), headers));
    upstream.setSubProtocols(request.getSubProtocols());
    CompletableFuture<CoreSession> opening = upstream.sendAsync();
    try {
      CoreSession venue = opening.get(LONGEST_OPENING.toMillis(), TimeUnit.MILLISECONDS);
      // No compression is negotiated with either: bytes stay comparable, and loopback is cheap.
      response.setExtensions(List.of());
      if (venue.getNegotiatedSubProtocol() != null) {
        response.setAcceptedSubProtocol(venue.getNegotiatedSubProtocol());
      }
      // Should the connector be gone before it hears of it, nobody else would end the venue's side.
      Request.addCompletionListener(
          request,
          failure -> {
            if (failure != null) {
              relay.cut();
            }
          });
      return relay.connectorSide();
    } catch (ExecutionException refused) {
      Throwable why = refused.getCause() == null ? refused : refused.getCause();
      return refuse(request, response, callback, status(why), why);
    } catch (TimeoutException slow) {
      opening.thenAccept(CoreSession::abort); // Should it open after all.
      return refuse(request, response, callback, BAD_GATEWAY, slow);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      opening.thenAccept(CoreSession::abort);
      return refuse(request, response, callback, BAD_GATEWAY, stopping);
    }
  }

  private static @Nullable FrameHandler refuse(
      Request request, Response response, Callback callback, int status, Throwable why) {
    Response.writeError(request, response, callback, status, String.valueOf(why.getMessage()));
    return null;
  }

  private static int status(Throwable refusal) {
    return refusal instanceof UpgradeException upgrade && upgrade.getResponseStatusCode() >= 400
        ? upgrade.getResponseStatusCode()
        : BAD_GATEWAY;
  }

  private static void copy(HttpFields from, HttpFields.Mutable to) {
    for (HttpField field : from) {
      String name = field.getName().toLowerCase(Locale.ROOT);
      if (!NOT_HANDED_ON.contains(name) && !name.startsWith("sec-websocket-")) {
        to.put(field);
      }
    }
  }

  /** The two ends have time-outs of their own; frames are neither cut nor joined here. */
  @Override
  public void customize(Configuration configurable) {
    limits().customize(configurable);
  }

  private static Configuration.ConfigurationCustomizer limits() {
    Configuration.ConfigurationCustomizer limits = new Configuration.ConfigurationCustomizer();
    limits.setAutoFragment(false);
    limits.setMaxFrameSize(LARGEST_FRAME);
    limits.setIdleTimeout(Duration.ZERO);
    return limits;
  }
}
