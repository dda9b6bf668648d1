package dev.papertape.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A client of a simulated venue over real sockets: collects what the WebSocket says. */
final class VenueClient implements WebSocket.Listener, AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** What ended the connection: a close code, or -1 when it broke. */
  final CompletableFuture<Integer> ended = new CompletableFuture<>();

  private final HttpClient http;
  private final BlockingQueue<JsonNode> messages = new LinkedBlockingQueue<>();
  private final StringBuilder partial = new StringBuilder();
  private final WebSocket socket;

  private VenueClient(HttpClient http, URI uri) {
    this.http = http;
    this.socket = http.newWebSocketBuilder().buildAsync(uri, this).join();
  }

  static VenueClient connect(SimulatedVenue venue, String path) {
    return new VenueClient(HttpClient.newHttpClient(), URI.create(venue.wsBaseUrl() + path));
  }

  static HttpResponse<String> get(SimulatedVenue venue, String path) {
    return request(venue, path, HttpRequest.newBuilder().GET());
  }

  static HttpResponse<String> post(SimulatedVenue venue, String path) {
    return request(venue, path, HttpRequest.newBuilder().POST(HttpRequest.BodyPublishers.noBody()));
  }

  private static HttpResponse<String> request(
      SimulatedVenue venue, String path, HttpRequest.Builder request) {
    try (HttpClient once = HttpClient.newHttpClient()) {
      return once.send(
          request.uri(URI.create(venue.restBaseUrl() + path)).build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new AssertionError("GET " + path, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  void say(String text) {
    socket.sendText(text.replace('\'', '"'), true).join();
  }

  /** The next message of which the condition holds; drops those before it. */
  JsonNode await(Predicate<JsonNode> condition) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    try {
      while (true) {
        JsonNode message = messages.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (message == null) {
          throw new AssertionError("no such message came");
        }
        if (condition.test(message)) {
          return message;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  JsonNode next() {
    return await(message -> true);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      try {
        messages.add(JSON.readTree(partial.toString()));
      } catch (IOException e) {
        ended.completeExceptionally(e);
      }
      partial.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    ended.complete(code);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public void onError(WebSocket from, Throwable error) {
    ended.complete(-1);
  }

  @Override
  public void close() {
    socket.abort();
    http.close();
  }
}
