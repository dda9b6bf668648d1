package dev.papertape.benchmarks.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/nginx.conf} in a real nginx, before processes that answer with their own names. */
class ReverseProxyIT {

  /** One try as an upstream saw it. */
  record Seen(String upstream, String method, String path, String idempotencyKey) {}

  @TempDir Path folder;

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<Seen> seen = new CopyOnWriteArrayList<>();
  private volatile String leaseHolder = "command-side-1";
  private HttpServer command1;
  private HttpServer command2;
  private HttpServer query1;
  private HttpServer query2;
  private ReverseProxy proxy;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(ReverseProxy.isInstalled(), "nginx is not installed");
    command1 = upstream("command-side-1");
    command2 = upstream("command-side-2");
    query1 = upstream("query-side-1");
    query2 = upstream("query-side-2");
    proxy =
        ReverseProxy.start(
            folder,
            Map.of(
                "command-side-1:5001", address(command1),
                "command-side-2:5001", address(command2),
                "query-side-1:5002", address(query1),
                "query-side-2:5002", address(query2)));
  }

  @AfterEach
  void stop() {
    if (proxy != null) {
      proxy.close();
    }
    for (HttpServer server : new HttpServer[] {command1, command2, query1, query2}) {
      if (server != null) {
        server.stop(0);
      }
    }
  }

  @Test
  void everyCommandAndLiveRouteFindsTheLeaseHolder() throws Exception {
    for (String holder : List.of("command-side-2", "command-side-1")) {
      leaseHolder = holder;
      for (int i = 0; i < 4; i++) {
        assertThat(send("POST", "/api/orders").body()).isEqualTo(holder);
        assertThat(send("DELETE", "/api/orders/1").body()).isEqualTo(holder);
        assertThat(send("PUT", "/api/guards/x").body()).isEqualTo(holder);
        assertThat(send("GET", "/api/l2/BINANCE/BTC-USDT?depth=5").body()).isEqualTo(holder);
        assertThat(send("GET", "/ws?topics=prices").body()).isEqualTo(holder);
        assertThat(send("GET", "/metrics").body()).isEqualTo(holder);
      }
    }
  }

  @Test
  void otherReadsGoToTheQuerySideAndSurviveTheLossOfOne() throws Exception {
    query1.stop(0);
    for (int i = 0; i < 6; i++) {
      HttpResponse<String> response = send("GET", "/api/portfolio");
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).isEqualTo("query-side-2");
    }
  }

  @Test
  void aCommandIsTakenByTheOtherProcessWhenOneIsGone() throws Exception {
    leaseHolder = "command-side-2";
    command1.stop(0);
    for (int i = 0; i < 4; i++) {
      assertThat(send("POST", "/api/orders").body()).isEqualTo("command-side-2");
    }
  }

  @Test
  void aCommandThatIsTriedAgainCarriesTheSameKey() throws Exception {
    for (int i = 0; i < 4; i++) {
      seen.clear();
      send("POST", "/api/orders");
      assertThat(seen)
          .extracting(Seen::idempotencyKey)
          .doesNotContain("")
          .containsOnly(seen.getFirst().idempotencyKey());
    }
    seen.clear();
    send("POST", "/api/orders", "Idempotency-Key", "mine");
    assertThat(seen).extracting(Seen::idempotencyKey).containsOnly("mine");
  }

  @Test
  void twoCommandsNeverShareAKeyOfTheProxy() throws Exception {
    send("POST", "/api/orders");
    String first = seen.getLast().idempotencyKey();
    send("POST", "/api/orders");
    assertThat(seen.getLast().idempotencyKey()).isNotEqualTo(first);
  }

  @Test
  void theHoldersOwnRefusalReachesTheClient() throws Exception {
    leaseHolder = "nobody";
    HttpResponse<String> response = send("POST", "/api/orders");
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("not-lease-holder");
  }

  private HttpServer upstream(String name) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(name, exchange));
    server.start();
    return server;
  }

  private void answer(String name, HttpExchange exchange) {
    try (exchange) {
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      seen.add(
          new Seen(
              name,
              exchange.getRequestMethod(),
              exchange.getRequestURI().getPath(),
              key == null ? "" : key));
      boolean refuses = name.startsWith("command") && !name.equals(leaseHolder);
      byte[] body = (refuses ? "/problems/not-lease-holder" : name).getBytes();
      exchange.sendResponseHeaders(refuses ? 503 : 200, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(proxy.base().resolve(path))
            .method(
                method,
                method.equals("GET")
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString("{}"));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  private static String address(HttpServer server) {
    return "127.0.0.1:" + server.getAddress().getPort();
  }
}
