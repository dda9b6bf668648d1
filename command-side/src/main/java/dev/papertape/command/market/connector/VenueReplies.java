package dev.papertape.command.market.connector;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.papertape.command.budget.ReplyReader;
import dev.papertape.command.budget.RetryAfter;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.budget.ObservedUse;
import dev.papertape.contracts.budget.QuotaKind;
import java.io.IOException;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;

/** What each wire's answers say of the venue's limits. */
final class VenueReplies {
  private static final long MINUTE_MS = 60_000;
  private static final long SECOND_MS = 1_000;

  /** Kraken's counter falls by one a second: after so many it takes calls again. */
  private static final Duration KRAKEN_WAIT = Duration.ofSeconds(5);

  private static final String KRAKEN_LIMITED = "EAPI:Rate limit exceeded";
  private static final JsonFactory JSON = new JsonFactory();

  private VenueReplies() {}

  static ReplyReader of(WireProtocol wire) {
    return switch (wire) {
      case BINANCE_SPOT, BINANCE_FUTURES ->
          (status, headers, body) ->
              RetryAfter.limits(status, headers, used(headers, "X-MBX-USED-WEIGHT-1M"));
      case COINBASE, COINBASE_PRO ->
          (status, headers, body) -> RetryAfter.limits(status, headers, coinbase(headers));
      case KRAKEN, KRAKEN_V1 ->
          (status, headers, body) ->
              status == 200 && isKrakenLimited(body)
                  ? new ReplyReader.Limits(List.of(), KRAKEN_WAIT, false)
                  : RetryAfter.limits(status, headers, List.of());
    };
  }

  private static List<ObservedUse> used(HttpHeaders headers, String name) {
    long used = RetryAfter.number(headers, name);
    return used < 0 ? List.of() : List.of(new ObservedUse(QuotaKind.WEIGHT, MINUTE_MS, used));
  }

  private static List<ObservedUse> coinbase(HttpHeaders headers) {
    long limit = RetryAfter.number(headers, "x-ratelimit-limit");
    long left = RetryAfter.number(headers, "x-ratelimit-remaining");
    return limit < 0 || left < 0 || left > limit
        ? List.of()
        : List.of(new ObservedUse(QuotaKind.CALLS, SECOND_MS, limit - left));
  }

  /** {@code {"error":["EAPI:Rate limit exceeded"]}}, which comes with status 200. */
  private static boolean isKrakenLimited(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT
          || !"error".equals(parser.nextFieldName())
          || parser.nextToken() != JsonToken.START_ARRAY) {
        return false;
      }
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        if (parser.getText().startsWith(KRAKEN_LIMITED)) {
          return true;
        }
      }
      return false;
    } catch (IOException noJson) {
      return false;
    }
  }
}
