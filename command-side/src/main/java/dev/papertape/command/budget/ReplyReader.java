package dev.papertape.command.budget;

import dev.papertape.contracts.budget.ObservedUse;
import java.net.http.HttpHeaders;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what a provider says of its own limits in an answer; each protocol has its own words. */
@FunctionalInterface
public interface ReplyReader {

  /**
   * @param observed what the provider has counted
   * @param limitedFor how long it is not to be asked any more, null when it did not say that too
   *     much was asked
   * @param banned whether that is a ban
   */
  record Limits(List<ObservedUse> observed, @Nullable Duration limitedFor, boolean banned) {}

  Limits read(int status, HttpHeaders headers, byte[] body);

  /** A protocol that says 429 or 418 and when to come again, as HTTP has it. */
  ReplyReader PLAIN = (status, headers, body) -> RetryAfter.limits(status, headers, List.of());
}
