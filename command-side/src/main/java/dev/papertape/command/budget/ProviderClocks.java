package dev.papertape.command.budget;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What time it is at each provider: our clock and the offset that the provider's own clock showed.
 * An answer moves the offset no further than it proves: it was given somewhere between question and
 * arrival, and of some venues only the second is told.
 */
public final class ProviderClocks {
  /** A provider further off than this is not believed: its windows would be lost for us. */
  private static final Duration MOST = Duration.ofMinutes(10);

  private final InstantSource clock;
  private final Map<String, Long> offsets = new ConcurrentHashMap<>();

  public ProviderClocks(InstantSource clock) {
    this.clock = clock;
  }

  /** The provider's time now; ours as long as nothing better is known. */
  public Instant now(String provider) {
    return clock
        .instant()
        .truncatedTo(ChronoUnit.MILLIS)
        .plusMillis(offsets.getOrDefault(provider, 0L));
  }

  /** The provider's clock less ours in ms; empty before it was asked. */
  public OptionalLong offsetMs(String provider) {
    Long offset = offsets.get(provider);
    return offset == null ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /**
   * The provider showed its clock while it was asked.
   *
   * @param asked our clock before
   * @param answered our clock after
   * @param from the earliest that its clock may have shown
   * @param to the latest
   */
  public void observed(String provider, Instant asked, Instant answered, Instant from, Instant to) {
    long least = from.toEpochMilli() - answered.toEpochMilli();
    long most = to.toEpochMilli() - asked.toEpochMilli();
    if (least > most || Math.abs(least) > MOST.toMillis() || Math.abs(most) > MOST.toMillis()) {
      return;
    }
    offsets.merge(
        provider, Math.clamp(0, least, most), (known, first) -> Math.clamp(known, least, most));
  }
}
