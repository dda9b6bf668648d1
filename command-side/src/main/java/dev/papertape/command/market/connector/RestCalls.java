package dev.papertape.command.market.connector;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Plain public REST calls. Blocking. */
final class RestCalls {
  private static final int LARGEST_BODY = 8 << 20;

  /** The venue does not know what it was asked for; asking again will not help. */
  static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  private final HttpClient client;
  private final URI base;
  private final Duration timeout;

  RestCalls(HttpClient client, URI base, Duration timeout) {
    this.client = client;
    this.base = base;
    this.timeout = timeout;
  }

  /** The body of a 200; {@link Refused} for 400 and 404, {@link IOException} for all else. */
  String get(String pathAndQuery) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + pathAndQuery)).GET().build();
    HttpResponse<byte[]> answer = WholeAnswer.to(request, client, LARGEST_BODY, timeout);
    if (answer.statusCode() == 400 || answer.statusCode() == 404) {
      throw new Refused(pathAndQuery + " is refused");
    }
    if (answer.statusCode() != 200) {
      throw new IOException(pathAndQuery + " answered " + answer.statusCode());
    }
    return new String(answer.body(), StandardCharsets.UTF_8);
  }
}
