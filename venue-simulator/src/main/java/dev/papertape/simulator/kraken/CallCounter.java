package dev.papertape.simulator.kraken;

import dev.papertape.simulator.binance.RestReply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A counter per address that each call raises by one and each second lowers by one; a call that
 * would raise it past {@link #MOST} is refused, with status 200, as Kraken does. Thread-safe; keeps
 * at most {@link #MOST_ADDRESSES} addresses.
 */
public final class CallCounter {
  public static final int MOST = 15;
  private static final double PER_MILLI = 1 / 1_000.0;
  private static final int MOST_ADDRESSES = 1024;

  private static final class Count {
    private double value;
    private long atMillis;
  }

  private final Map<String, Count> counts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  /**
   * The refusal, or nothing when the call is let through.
   *
   * @param nowMillis the exchange's clock
   */
  public synchronized Optional<RestReply> charge(String address, long nowMillis) {
    Count count = counts.computeIfAbsent(address, ignored -> new Count());
    double decayed = Math.max(0, nowMillis - count.atMillis) * PER_MILLI;
    count.value = Math.max(0, count.value - decayed);
    count.atMillis = Math.max(count.atMillis, nowMillis);
    if (count.value + 1 > MOST) {
      return Optional.of(KrakenRest.error("EAPI:Rate limit exceeded"));
    }
    count.value++;
    return Optional.empty();
  }
}
