package dev.papertape.simulator.binance;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Request weight per address in calendar-aligned minutes: a call at 00:01:59 counts until 00:02:00.
 * Past the limit 429; who goes on is banned with 418, first for two minutes, doubled each time up
 * to three days. Thread-safe; keeps at most {@link #MOST_ADDRESSES} addresses.
 */
public final class RequestWeights {

  static final long MINUTE_MILLIS = 60_000;
  static final long FIRST_BAN_MILLIS = 2 * MINUTE_MILLIS;
  static final long LONGEST_BAN_MILLIS = 3 * 24 * 60 * MINUTE_MILLIS;
  static final int MOST_ADDRESSES = 1024;

  private final int limit;
  private final int refusalsBeforeBan;
  private final Map<String, Account> accounts =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Account> eldest) {
          return size() > MOST_ADDRESSES;
        }
      };

  public RequestWeights(int limitPerMinute, int refusalsBeforeBan) {
    this.limit = limitPerMinute;
    this.refusalsBeforeBan = refusalsBeforeBan;
  }

  /**
   * What one call did to the window.
   *
   * @param used weight in the current minute, this call included when it was let through
   * @param refusal 429 or 418, when it was not
   */
  public record Charge(int used, Optional<RestReply> refusal) {}

  /**
   * @param address of the caller
   * @param weight of the call
   * @param nowMillis the exchange's clock
   */
  public synchronized Charge charge(String address, int weight, long nowMillis) {
    Account account = accounts.computeIfAbsent(address, ignored -> new Account());
    account.enter(nowMillis / MINUTE_MILLIS);
    if (nowMillis < account.bannedUntil) {
      return new Charge(account.used, Optional.of(banned(address, account, nowMillis)));
    }
    if (account.used + weight <= limit) {
      account.used += weight;
      return new Charge(account.used, Optional.empty());
    }
    account.refusals++;
    if (account.refusals > refusalsBeforeBan) {
      account.ban(nowMillis);
      return new Charge(account.used, Optional.of(banned(address, account, nowMillis)));
    }
    return new Charge(account.used, Optional.of(tooMany(address, nowMillis)));
  }

  private RestReply tooMany(String address, long nowMillis) {
    long windowEnd = (nowMillis / MINUTE_MILLIS + 1) * MINUTE_MILLIS;
    String message =
        String.format(
            Locale.ROOT,
            "Too much request weight used; current limit of IP(%s) is %d request weight per 1"
                + " MINUTE. Please use WebSocket Streams for live updates to avoid polling the"
                + " API.",
            address,
            limit);
    return RestReply.refused(429, message, seconds(windowEnd - nowMillis));
  }

  private static RestReply banned(String address, Account account, long nowMillis) {
    String message =
        String.format(
            Locale.ROOT,
            "Way too much request weight used; IP(%s) banned until %d. Please use WebSocket"
                + " Streams for live updates to avoid bans.",
            address,
            account.bannedUntil);
    return RestReply.refused(418, message, seconds(account.bannedUntil - nowMillis));
  }

  /** Rounded up: who waits that long is served again. */
  private static long seconds(long millis) {
    return (millis + 999) / 1000;
  }

  private static final class Account {

    private long minute = -1;
    private int used;
    private int refusals;
    private long bannedUntil;
    private long nextBan = FIRST_BAN_MILLIS;

    void enter(long now) {
      if (now != minute) {
        minute = now;
        used = 0;
        refusals = 0;
      }
    }

    void ban(long nowMillis) {
      bannedUntil = nowMillis + nextBan;
      nextBan = Math.min(2 * nextBan, LONGEST_BAN_MILLIS);
      refusals = 0;
    }
  }
}
