package dev.papertape.simulator.binance;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a REST call answers.
 *
 * @param status HTTP status
 * @param json body
 * @param retryAfterSeconds of 429 and 418
 */
public record RestReply(int status, String json, OptionalLong retryAfterSeconds) {

  public static RestReply ok(String json) {
    return new RestReply(200, json, OptionalLong.empty());
  }

  public static RestReply error(int status, int code, String message) {
    return new RestReply(status, body(code, message), OptionalLong.empty());
  }

  static RestReply refused(int status, String message, long retryAfterSeconds) {
    return new RestReply(status, body(-1003, message), OptionalLong.of(retryAfterSeconds));
  }

  private static String body(int code, String message) {
    return String.format(Locale.ROOT, "{\"code\":%d,\"msg\":\"%s\"}", code, message);
  }
}
