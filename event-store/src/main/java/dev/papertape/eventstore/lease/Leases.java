package dev.papertape.eventstore.lease;

import java.util.Optional;

/**
 * PostgreSQL leases. A holder renews well before the time is over; who cannot renew loses it by the
 * database's clock, and its epoch with it.
 */
public interface Leases {
  /**
   * Tries once to take the lease, without waiting. Renewal goes on by itself until the lease is
   * closed or lost.
   *
   * @param onLost called once, on another thread, when the lease is lost against the holder's will
   */
  Optional<Lease> tryAcquire(String name, Runnable onLost);

  /** A held lease. */
  interface Lease extends AutoCloseable {
    Epoch epoch();

    boolean isHeld();

    /** Releases it, so that a standby takes over at once. */
    @Override
    void close();
  }
}
