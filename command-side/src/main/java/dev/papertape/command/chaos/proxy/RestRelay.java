package dev.papertape.command.chaos.proxy;

import dev.papertape.contracts.chaos.ChaosType;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.proxy.ProxyHandler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** REST calls, forwarded; only a fault that holds replies does anything to them. */
final class RestRelay extends ProxyHandler.Reverse {
  private final Function<Request, VenueLane> lanes;
  private final Duration connectTimeout;
  private final ScheduledExecutorService timer;
  private final Executor threads;

  /**
   * @param connectTimeout of a connection to a venue
   */
  RestRelay(
      Function<Request, VenueLane> lanes,
      Executor threads,
      Duration connectTimeout,
      ScheduledExecutorService timer) {
    super(
        request ->
            HttpURI.build(
                lanes.apply(request).upstream(false, request.getHttpURI().getPathQuery())));
    this.lanes = lanes;
    this.connectTimeout = connectTimeout;
    this.timer = timer;
    this.threads = threads;
  }

  /** The base class sees to it that nothing is unpacked, redirected or remembered. */
  @Override
  protected HttpClient newHttpClient() {
    HttpClient client = super.newHttpClient();
    client.setExecutor(threads);
    client.setConnectTimeout(connectTimeout.toMillis());
    client.setUserAgentField(null);
    return client;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    VenueLane lane = lanes.apply(request);
    Response answered =
        lane.active(ChaosType.API_TIMEOUT)
            .<Response>map(
                fault ->
                    new HeldResponse(
                        request,
                        response,
                        fault,
                        lane,
                        Duration.ofMillis(
                            Math.round(
                                lane.callersTimeout().toMillis() * fault.plan().intensity())),
                        timer))
            .orElse(response);
    return super.handle(request, answered, callback);
  }

  /** The venue must not see that anybody stands between. */
  @Override
  protected void addProxyHeaders(
      Request connectorToProxy, org.eclipse.jetty.client.Request proxyToVenue) {
    // None.
  }
}
