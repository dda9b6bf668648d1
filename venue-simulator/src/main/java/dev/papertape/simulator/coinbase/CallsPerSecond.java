package dev.papertape.simulator.coinbase;

import dev.papertape.simulator.binance.RestReply;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Public calls per address in any second; past the limit 429. What is refused is not counted.
 * Thread-safe; keeps at most {@link #MOST_ADDRESSES} addresses.
 */
public final class CallsPerSecond {
  public static final int LIMIT = 10;
  private static final long SECOND_MILLIS = 1_000;
  private static final int MOST_ADDRESSES = 1024;

  private final Map<String, ArrayDeque<Long>> calls =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ArrayDeque<Long>> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  /**
   * What one call did to the window.
   *
   * @param remaining calls that may follow at once
   * @param resetSeconds when the oldest call leaves the window, epoch seconds, rounded up
   */
  public record Charge(int remaining, long resetSeconds, Optional<RestReply> refusal) {}

  /**
   * @param nowMillis the exchange's clock
   */
  public synchronized Charge charge(String address, long nowMillis) {
    ArrayDeque<Long> window = calls.computeIfAbsent(address, ignored -> new ArrayDeque<>());
    while (!window.isEmpty() && window.peekFirst() + SECOND_MILLIS <= nowMillis) {
      window.removeFirst();
    }
    Optional<RestReply> refusal = Optional.empty();
    if (window.size() < LIMIT) {
      window.addLast(nowMillis);
    } else {
      refusal = Optional.of(CoinbaseRest.error(429, "RATE_LIMIT_EXCEEDED", "too many requests"));
    }
    long oldest = window.isEmpty() ? nowMillis : window.peekFirst();
    return new Charge(
        LIMIT - window.size(), Math.ceilDiv(oldest + SECOND_MILLIS, SECOND_MILLIS), refusal);
  }
}
