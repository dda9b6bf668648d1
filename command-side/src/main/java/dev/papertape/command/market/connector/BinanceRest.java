package dev.papertape.command.market.connector;

import dev.papertape.command.market.binance.BinanceExchangeInfo;
import dev.papertape.command.market.contract.WireContracts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;

/** Binance's public REST calls, within their weight. Blocking; throws {@link IOException} only. */
final class BinanceRest {
  private static final int EXCHANGE_INFO_WEIGHT = 20;
  private static final int KLINES_WEIGHT = 2;
  static final int MOST_KLINES = 1000;
  private static final int LARGEST_BODY = 32 << 20;

  private final HttpClient client;
  private final URI base;
  private final Duration timeout;
  private final InstantSource clock;
  private final RequestWeight weight = new RequestWeight(BinanceExchangeInfo.USUAL_WEIGHT);

  BinanceRest(HttpClient client, URI base, Duration timeout, InstantSource clock) {
    this.client = client;
    this.base = base;
    this.timeout = timeout;
    this.clock = clock;
  }

  /**
   * What the venue says of one symbol. Asked one by one, because an unknown symbol in a list makes
   * Binance refuse the whole list, and a list of all symbols weighs tens of megabytes.
   */
  BinanceExchangeInfo exchangeInfo(String wireSymbol) throws IOException, InterruptedException {
    byte[] body = get("/api/v3/exchangeInfo?symbol=" + wireSymbol, EXCHANGE_INFO_WEIGHT);
    WireContracts.SHIPPED.require("binance-exchange-info", body);
    try {
      BinanceExchangeInfo info =
          BinanceExchangeInfo.parse(new String(body, StandardCharsets.UTF_8));
      weight.limit(info.weightPerMinute());
      return info;
    } catch (IllegalArgumentException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }

  byte[] depth(String wireSymbol, int levels) throws IOException, InterruptedException {
    return get(depthPath(wireSymbol, levels), RequestWeight.ofDepth(levels));
  }

  /** At most {@link #MOST_KLINES} of the minutes that open in {@code [from, to)}. */
  byte[] klines(String wireSymbol, Instant from, Instant to)
      throws IOException, InterruptedException {
    String path =
        "/api/v3/klines?symbol="
            + wireSymbol
            + "&interval=1m&startTime="
            + from.toEpochMilli()
            + "&endTime="
            + (to.toEpochMilli() - 1)
            + "&limit="
            + MOST_KLINES;
    return get(path, KLINES_WEIGHT);
  }

  static String depthPath(String wireSymbol, int levels) {
    return "/api/v3/depth?symbol=" + wireSymbol + "&limit=" + levels;
  }

  private byte[] get(String pathAndQuery, int cost) throws IOException, InterruptedException {
    String refusal = weight.refuse(cost, clock.instant());
    if (refusal != null) {
      throw new IOException(refusal);
    }
    HttpRequest request = HttpRequest.newBuilder(URI.create(base + pathAndQuery)).GET().build();
    HttpResponse<byte[]> answer = WholeAnswer.to(request, client, LARGEST_BODY, timeout);
    observe(answer);
    if (answer.statusCode() == 400) {
      throw new RestCalls.Refused(pathAndQuery + " is refused");
    }
    if (answer.statusCode() != 200) {
      throw new IOException(pathAndQuery + " answered " + answer.statusCode());
    }
    return answer.body();
  }

  private void observe(HttpResponse<?> response) {
    Instant now = clock.instant();
    header(response, "X-MBX-USED-WEIGHT-1M").ifPresent(used -> weight.observed(used, now));
    if (response.statusCode() == 429 || response.statusCode() == 418) {
      OptionalLong retryAfter = header(response, "Retry-After");
      weight.limited(retryAfter.isPresent() ? retryAfter.getAsLong() : null, now);
    }
  }

  private static OptionalLong header(HttpResponse<?> response, String name) {
    try {
      return response.headers().firstValueAsLong(name);
    } catch (NumberFormatException notANumber) {
      return OptionalLong.empty();
    }
  }
}
