package dev.papertape.command.budget;

import dev.papertape.command.budget.ReplyReader.Limits;
import dev.papertape.contracts.budget.ObservedUse;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;

/** {@code Retry-After} in seconds, of 429 and 418. */
public final class RetryAfter {
  /** Binance's shortest ban; a reply without Retry-After is taken for as much. */
  private static final Duration USUAL_BAN = Duration.ofMinutes(2);

  /** A 429 without Retry-After: as long as the longest of the short windows. */
  private static final Duration USUAL_WAIT = Duration.ofMinutes(1);

  private static final Duration LONGEST_BAN = Duration.ofDays(3);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int BANNED = 418;

  private RetryAfter() {}

  /** What the status and the header say. */
  public static Limits limits(int status, HttpHeaders headers, List<ObservedUse> observed) {
    if (status != TOO_MANY_REQUESTS && status != BANNED) {
      return new Limits(observed, null, false);
    }
    Duration usual = status == BANNED ? USUAL_BAN : USUAL_WAIT;
    Duration asked =
        seconds(headers) < 0
            ? usual
            : Duration.ofSeconds(Math.clamp(seconds(headers), 1, LONGEST_BAN.toSeconds()));
    return new Limits(observed, asked, status == BANNED);
  }

  /** A whole number in a header; −1 without one. */
  public static long number(HttpHeaders headers, String name) {
    try {
      return headers.firstValueAsLong(name).orElse(-1);
    } catch (NumberFormatException notANumber) {
      return -1;
    }
  }

  private static long seconds(HttpHeaders headers) {
    return number(headers, "Retry-After");
  }
}
