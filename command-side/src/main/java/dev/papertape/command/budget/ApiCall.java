package dev.papertape.command.budget;

import dev.papertape.contracts.budget.Capability;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One external request, a GET.
 *
 * @param weight as the provider documents it
 * @param costMicros the most that it can cost, in millionths of the provider's currency; null when
 *     the price list says it
 * @param critical whether it may use the share that is kept for such calls
 * @param changesState whether it does something there, so that it may never be repeated blindly
 * @param timeout of the whole answer, for each try
 * @param largestBody bytes; an answer with more is none
 * @param tries at most, the first included; 1 to 5
 * @param patience how long it may wait in all for room and between tries
 */
public record ApiCall(
    String provider,
    Capability capability,
    URI uri,
    long weight,
    @Nullable Long costMicros,
    boolean critical,
    boolean changesState,
    Duration timeout,
    int largestBody,
    int tries,
    Duration patience) {
  private static final int USUAL_BODY = 8 << 20;

  public ApiCall {
    if (tries < 1 || tries > 5) {
      throw new IllegalArgumentException(tries + " tries");
    }
  }

  /** Asked once, for what is not critical and changes nothing; costs what the price list says. */
  public static ApiCall once(
      String provider, Capability capability, URI uri, long weight, Duration timeout) {
    return new ApiCall(
        provider,
        capability,
        uri,
        weight,
        null,
        false,
        false,
        timeout,
        USUAL_BODY,
        1,
        Duration.ZERO);
  }

  public ApiCall asCritical() {
    return new ApiCall(
        provider,
        capability,
        uri,
        weight,
        costMicros,
        true,
        changesState,
        timeout,
        largestBody,
        tries,
        patience);
  }

  public ApiCall withLargestBody(int bytes) {
    return new ApiCall(
        provider,
        capability,
        uri,
        weight,
        costMicros,
        critical,
        changesState,
        timeout,
        bytes,
        tries,
        patience);
  }

  public ApiCall changingState() {
    return new ApiCall(
        provider,
        capability,
        uri,
        weight,
        costMicros,
        critical,
        true,
        timeout,
        largestBody,
        tries,
        patience);
  }

  /** Tried so often at most, as long as that takes no longer. */
  public ApiCall trying(int most, Duration inAll) {
    return new ApiCall(
        provider,
        capability,
        uri,
        weight,
        costMicros,
        critical,
        changesState,
        timeout,
        largestBody,
        most,
        inAll);
  }
}
