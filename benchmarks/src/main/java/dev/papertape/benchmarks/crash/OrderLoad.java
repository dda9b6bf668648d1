package dev.papertape.benchmarks.crash;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * 64 callers that place orders, each with a key of its own, until they are told to stop. What is
 * answered with 503, or broken off, is sent again with the same key, as a client should.
 */
final class OrderLoad implements AutoCloseable {
  private static final int CALLERS = 64;
  private static final long PAUSE_NANOS = 30_000_000;
  private static final long RETRY_PAUSE_NANOS = 100_000_000;
  private static final Duration ANSWER = Duration.ofSeconds(10);
  private static final String BODY =
      "{\"symbol\":\"ETH-USDT\",\"side\":\"%s\",\"quantity\":\"0.010\"}";

  private final URI orders;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(2))
          .build();
  private final ObjectMapper mapper = new ObjectMapper();
  private final Map<String, String> acknowledged = new ConcurrentHashMap<>();
  private final Queue<String> unexpected = new ConcurrentLinkedQueue<>();
  private final AtomicLong lastSentOfAcknowledged = new AtomicLong(System.nanoTime());
  private final List<Thread> callers = new ArrayList<>();
  private volatile boolean stopping;

  private OrderLoad(URI base) {
    this.orders = base.resolve("/api/orders");
  }

  /** Begins to place orders at the program behind the address. */
  static OrderLoad on(URI base) {
    OrderLoad load = new OrderLoad(base);
    for (int caller = 0; caller < CALLERS; caller++) {
      int number = caller;
      load.callers.add(Thread.ofVirtual().start(() -> load.call(number)));
    }
    return load;
  }

  /** Order ids by key, of everything that was answered with 201. */
  Map<String, String> acknowledged() {
    return Map.copyOf(acknowledged);
  }

  /** Answers other than 201 and those that ask for another try. */
  List<String> unexpected() {
    return List.copyOf(unexpected);
  }

  /**
   * Waits until so many more orders were acknowledged.
   *
   * @throws CheckFailed if that takes too long
   */
  void awaitMore(int more, Duration atMost) {
    int goal = acknowledged.size() + more;
    Waiting.until(more + " more acknowledged orders", atMost, () -> acknowledged.size() >= goal);
  }

  /**
   * Waits until an order was acknowledged that was sent from now on: no answer of a process that
   * died before can be taken for one of its successor.
   *
   * @return how long that took
   * @throws CheckFailed if it takes too long
   */
  Duration awaitNew(Duration atMost) {
    long from = System.nanoTime();
    return Waiting.until(
        "an acknowledged order", atMost, () -> lastSentOfAcknowledged.get() - from > 0);
  }

  /** Ends the callers; an order that is still unanswered stays unknown. */
  @Override
  public void close() {
    stopping = true;
    for (Thread caller : callers) {
      try {
        caller.join(ANSWER.plusSeconds(5));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    client.shutdownNow();
  }

  private void call(int caller) {
    for (int order = 0; !stopping; order++) {
      String key = "load-" + caller + "-" + order;
      // Sides by turns, so that the paper account's cash does not run out.
      String body = BODY.formatted(order % 2 == 0 ? "BUY" : "SELL");
      while (!stopping && !place(key, body)) {
        LockSupport.parkNanos(RETRY_PAUSE_NANOS);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Whether there is an answer that ends the matter. */
  private boolean place(String key, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(orders)
            .timeout(ANSWER)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    long sent = System.nanoTime();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      switch (answer.statusCode()) {
        case 201 -> acknowledge(key, answer.body(), sent);
        // 502 and 504 are a proxy's own, when no process behind it is there.
        case 502, 503, 504 -> {
          return false;
        }
        default -> unexpected.add(key + " " + answer.statusCode() + " " + answer.body());
      }
      return true;
    } catch (IOException broken) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void acknowledge(String key, String body, long sent) {
    try {
      acknowledged.put(key, mapper.readTree(body).required("orderId").textValue());
      lastSentOfAcknowledged.accumulateAndGet(sent, (a, b) -> a - b > 0 ? a : b);
    } catch (JsonProcessingException | IllegalArgumentException withoutOrder) {
      unexpected.add(key + " 201 " + body);
    }
  }
}
