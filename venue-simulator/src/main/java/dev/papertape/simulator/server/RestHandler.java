package dev.papertape.simulator.server;

import dev.papertape.simulator.binance.RestReply;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;

/** A venue's REST calls with weights and the venue's latency, {@code /sim} with neither. */
final class RestHandler extends Handler.Abstract.NonBlocking {

  private static final List<String> APIS = List.of("/api/", "/0/public/");
  private static final String SIDE = "/sim/";

  private final Function<Request, VenueDesk> desks;
  private final MarketPump pump;
  private final SimulatedClock clock;
  private final SideRoutes sideRoutes;

  RestHandler(Function<Request, VenueDesk> desks, MarketPump pump, SimulatedClock clock) {
    this.desks = desks;
    this.pump = pump;
    this.clock = clock;
    this.sideRoutes = new SideRoutes(pump, clock);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    VenueDesk desk = desks.apply(request);
    String path = Request.getPathInContext(request);
    if (path.startsWith(SIDE)) {
      RestReply reply = sideRoutes.reply(desk, request.getMethod(), path);
      send(response, callback, reply, Map.of());
    } else if (APIS.stream().noneMatch(path::startsWith)) {
      send(response, callback, RestReply.error(404, 0, "Not found."), Map.of());
    } else if (!HttpMethod.GET.is(request.getMethod())) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET");
      send(response, callback, RestReply.error(405, 0, "Method not allowed."), Map.of());
    } else {
      api(desk, path, request, response, callback);
    }
    return true;
  }

  private void api(
      VenueDesk desk, String path, Request request, Response response, Callback callback) {
    Map<String, List<String>> parameters =
        Request.extractQueryParameters(request).stream()
            .collect(Collectors.toMap(Fields.Field::getName, Fields.Field::getValues));
    long now = clock.millis();
    RestLimits.Charge charge =
        desk.limits().charge(Request.getRemoteAddr(request), path, parameters, now);
    RestReply reply =
        charge
            .refusal()
            .or(() -> pump.read(market -> desk.rest().reply(path, parameters, now)))
            .orElseGet(() -> RestReply.error(404, 0, "Not found."));
    long delay = clock.realNanos(desk.config().latency().baseMillis());
    request
        .getComponents()
        .getScheduler()
        .schedule(
            () -> send(response, callback, reply, charge.headers()), delay, TimeUnit.NANOSECONDS);
  }

  private static void send(
      Response response, Callback callback, RestReply reply, Map<String, String> more) {
    response.setStatus(reply.status());
    response
        .getHeaders()
        .put(HttpHeader.CONTENT_TYPE, "application/json;charset=UTF-8")
        .put(HttpHeader.CACHE_CONTROL, "no-store");
    more.forEach((name, value) -> response.getHeaders().put(new HttpField(name, value)));
    reply
        .retryAfterSeconds()
        .ifPresent(
            seconds -> response.getHeaders().put(HttpHeader.RETRY_AFTER, Long.toString(seconds)));
    byte[] body = reply.json().getBytes(StandardCharsets.UTF_8);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
