package dev.papertape.benchmarks.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.benchmarks.crash.CheckFailed;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** The chaos routes of a running program. */
final class ChaosApi implements AutoCloseable {
  private static final Duration AT_MOST = Duration.ofSeconds(20);
  private static final int BOOKS = 9;

  private final URI base;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();

  ChaosApi(URI base) {
    this.base = base;
  }

  /** The experiment's id; empty when its target is taken just now. */
  String inject(String type, long durationMs, long seed) throws IOException {
    String body =
        "{\"type\":\"%s\",\"durationMs\":%d,\"seed\":%d,\"reason\":\"bench\"}"
            .formatted(type, durationMs, seed);
    HttpRequest request =
        HttpRequest.newBuilder(base.resolve("/api/chaos/inject"))
            .timeout(AT_MOST)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = send(request);
    return switch (answer.statusCode()) {
      case 202 -> mapper.readTree(answer.body()).path("experimentId").asText();
      case 409 -> "";
      default -> throw new CheckFailed("inject answers " + answer.statusCode() + answer.body());
    };
  }

  /** As the status shows it; a missing node for one that it does not show yet. */
  JsonNode experiment(String id) throws IOException {
    for (JsonNode each : get("/api/chaos/status?limit=20").path("experiments")) {
      if (each.path("experimentId").asText().equals(id)) {
        return each;
      }
    }
    return mapper.missingNode();
  }

  JsonNode experiments() throws IOException {
    return get("/api/chaos/status?limit=1000").path("experiments");
  }

  /** Takes its time: the program that is measured has to answer. */
  boolean isFinished(String id) throws IOException {
    LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
    return experiment(id).path("state").asText().equals("FINISHED");
  }

  boolean isEveryBookSynced() throws IOException {
    JsonNode feeds = get("/api/health").path("feeds");
    boolean all = feeds.size() == BOOKS;
    for (JsonNode feed : feeds) {
      all &= feed.path("state").asText().equals("SYNCED");
    }
    return all;
  }

  private JsonNode get(String path) throws IOException {
    return mapper.readTree(
        send(HttpRequest.newBuilder(base.resolve(path)).timeout(AT_MOST).build()).body());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
