package dev.papertape.standalone.deploy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * 64 callers that place orders, each with a key of its own, until they are told to stop. What is
 * answered with 503, or broken off, is sent again with the same key to the next process, as the
 * proxy does.
 */
final class OrderLoad implements AutoCloseable {
  private static final int CALLERS = 64;
  private static final long PAUSE_NANOS = 30_000_000;
  private static final long RETRY_PAUSE_NANOS = 100_000_000;
  private static final String BODY =
      "{\"symbol\":\"ETH-USDT\",\"side\":\"%s\",\"quantity\":\"0.010\"}";

  private final List<URI> targets;
  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean stopping;

  private OrderLoad(List<URI> targets) {
    this.targets = targets;
  }

  static OrderLoad on(URI... targets) {
    OrderLoad load = new OrderLoad(List.of(targets));
    for (int caller = 0; caller < CALLERS; caller++) {
      int number = caller;
      load.callers.add(Thread.ofVirtual().start(() -> load.call(number)));
    }
    return load;
  }

  /** Order ids by key, of everything that was answered with 201. */
  Map<String, String> acknowledged() {
    return acknowledged;
  }

  /** Answers other than 201 and 503. */
  Queue<String> unexpected() {
    return unexpected;
  }

  /** Waits until so many more orders were acknowledged. */
  Duration awaitMore(int orders, Duration atMost) {
    int goal = acknowledged.size() + orders;
    return Waiting.until(
        orders + " more acknowledged orders, " + unexpected,
        atMost,
        () -> acknowledged.size() >= goal);
  }

  /** Ends the callers; an order that is still unanswered stays unknown. */
  @Override
  public void close() {
    stopping = true;
    for (Thread caller : callers) {
      try {
        caller.join(Duration.ofSeconds(15));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    client.shutdownNow();
  }

  private void call(int caller) {
    int target = caller;
    for (int order = 0; !stopping; order++) {
      String key = "load-" + caller + "-" + order;
      // Sides by turns, so that the paper account's cash does not run out.
      String body = BODY.formatted(order % 2 == 0 ? "BUY" : "SELL");
      while (!stopping && !place(key, body, targets.get(target % targets.size()))) {
        target++;
        LockSupport.parkNanos(RETRY_PAUSE_NANOS);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Whether there is an answer that ends the matter. */
  private boolean place(String key, String body, URI target) {
    HttpRequest request =
        HttpRequest.newBuilder(target.resolve("/api/orders"))
            .timeout(Duration.ofSeconds(10))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      switch (answer.statusCode()) {
        case 201 -> acknowledged.put(key, orderId(answer.body()));
        // 502 and 504 are the proxy's own, when no process behind it is there.
        case 502, 503, 504 -> {
          return false;
        }
        default -> unexpected.add(answer.statusCode() + " " + answer.body());
      }
      return true;
    } catch (IOException broken) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private String orderId(String body) throws IOException {
    return mapper.readTree(body).required("orderId").textValue();
  }
}
