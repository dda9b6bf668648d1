package dev.papertape.command.market.connector;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An answer with its body, in time or not at all: the client's own time-out ends with the headers,
 * and a body may stall for ever.
 */
final class WholeAnswer {
  private WholeAnswer() {}

  /**
   * Waits for the answer; at most {@code timeout} for all of it.
   *
   * @param largestBody bytes; an answer with more is none
   */
  static HttpResponse<byte[]> to(
      HttpRequest request, HttpClient client, int largestBody, Duration timeout)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(
            request,
            HttpResponse.BodyHandlers.limiting(
                HttpResponse.BodyHandlers.ofByteArray(), largestBody));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw new IOException(request.uri() + ": " + failed.getCause(), failed);
    } catch (TimeoutException slow) {
      throw new IOException(
          request.uri() + " gave no whole answer in " + timeout.toMillis() + " ms", slow);
    } finally {
      answer.cancel(true);
    }
  }
}
