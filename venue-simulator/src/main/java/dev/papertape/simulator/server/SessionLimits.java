package dev.papertape.simulator.server;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Binance's rules for one WebSocket: five incoming messages a second, a ping every 20 seconds that
 * wants its pong within a minute, 24 hours of life. Real time, whatever the market's pace.
 */
final class SessionLimits {

  enum Due {
    FINE,
    PING,
    UNANSWERED,
    EXPIRED
  }

  static final int INCOMING_PER_SECOND = 5;
  static final long PING_NANOS = TimeUnit.SECONDS.toNanos(20);
  static final long PONG_NANOS = TimeUnit.MINUTES.toNanos(1);
  static final long LIFE_NANOS = TimeUnit.HOURS.toNanos(24);
  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final LongSupplier nanos;
  private final long opened;
  private long windowStart;
  private int incoming;
  private long lastPing;
  private long lastPong;

  SessionLimits(LongSupplier nanos) {
    this.nanos = nanos;
    this.opened = nanos.getAsLong();
    this.windowStart = opened;
    this.lastPing = opened;
    this.lastPong = opened;
  }

  /** Counts one incoming message; false when it is one too many. */
  synchronized boolean admitIncoming() {
    long now = nanos.getAsLong();
    if (now - windowStart >= SECOND_NANOS) {
      windowStart = now;
      incoming = 0;
    }
    incoming++;
    return incoming <= INCOMING_PER_SECOND;
  }

  synchronized void ponged() {
    lastPong = nanos.getAsLong();
  }

  synchronized Due tend() {
    long now = nanos.getAsLong();
    if (now - opened >= LIFE_NANOS) {
      return Due.EXPIRED;
    }
    // a ping goes out at most one interval after a pong, so it has waited its whole minute
    if (now - lastPong >= PING_NANOS + PONG_NANOS) {
      return Due.UNANSWERED;
    }
    if (now - lastPing >= PING_NANOS) {
      lastPing = now;
      return Due.PING;
    }
    return Due.FINE;
  }
}
