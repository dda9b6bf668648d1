package dev.papertape.eventstore.lease;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leases on the rows of table {@code lease}, by the database's clock.
 *
 * <p>A lease is renewed every third of its time, on one thread and one connection that do nothing
 * else. A second thread watches the time, so that a renewal that hangs cannot keep a holder
 * believing: by its own monotonic clock a holder stops believing a tenth of the time before the
 * database would give the lease away.
 */
public final class PostgresLeases implements Leases, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(PostgresLeases.class);

  private final DataSource dataSource;
  private final LeaseRows rows;
  private final Duration ttl;
  private final LongSupplier nanoTime;
  private final String process;
  private final Map<Epoch, HeldLease> held = new ConcurrentHashMap<>();
  private final ScheduledExecutorService renewal = daemon("lease-renewal");
  private final ScheduledExecutorService watch = daemon("lease-watch");
  // Used by the renewal thread only.
  private @Nullable Connection renewalConnection;

  /**
   * @param dataSource gives one connection that is kept for renewals, and one for the moment of
   *     each attempt and release
   * @param process names this process in the rows; needs not be unique
   * @param ttl how long a lease outlives its last renewal, at least 100 ms
   */
  public PostgresLeases(DataSource dataSource, String process, Duration ttl) {
    this(dataSource, process, ttl, System::nanoTime);
  }

  PostgresLeases(DataSource dataSource, String process, Duration ttl, LongSupplier nanoTime) {
    if (ttl.toMillis() < 100) {
      throw new IllegalArgumentException("a lease of " + ttl + " is too short; 100 ms at least");
    }
    this.dataSource = dataSource;
    this.rows = new LeaseRows(ttl);
    this.ttl = ttl;
    this.nanoTime = nanoTime;
    this.process = process;
    long third = ttl.toMillis() / 3;
    renewal.scheduleWithFixedDelay(this::renewAll, third, third, TimeUnit.MILLISECONDS);
    long glance = Math.max(10, ttl.toMillis() / 50);
    watch.scheduleWithFixedDelay(this::expireAll, glance, glance, TimeUnit.MILLISECONDS);
  }

  @Override
  public Optional<Lease> tryAcquire(String name, Runnable onLost) {
    // Every acquisition is another holder, so that the epoch rises although the process is the
    // same.
    String holder = process + "/" + UUID.randomUUID();
    // Taken before the database is asked: its time starts later, so it ends later than ours.
    long asked = nanoTime.getAsLong();
    try (Connection connection = dataSource.getConnection()) {
      OptionalLong number = rows.acquire(connection, name, holder);
      if (number.isEmpty()) {
        return Optional.empty();
      }
      Epoch epoch = new Epoch(name, number.getAsLong());
      HeldLease lease =
          new HeldLease(epoch, holder, believedFor(), asked, nanoTime, onLost, this::release);
      held.put(epoch, lease);
      return Optional.of(lease);
    } catch (SQLException failure) {
      throw new LeaseFailure("lease '" + name + "' could not be asked for", failure);
    }
  }

  /** Names and epochs of the leases that this process holds now. */
  public Map<String, Long> heldEpochs() {
    Map<String, Long> epochs = new TreeMap<>();
    held.values().stream()
        .filter(Lease::isHeld)
        .forEach(lease -> epochs.put(lease.epoch().lease(), lease.epoch().number()));
    return epochs;
  }

  public Duration ttl() {
    return ttl;
  }

  /** Releases every lease and ends the threads. */
  @Override
  public void close() {
    renewal.shutdown();
    watch.shutdown();
    held.values().forEach(Lease::close);
    closeRenewalConnection();
  }

  private Duration believedFor() {
    return ttl.multipliedBy(9).dividedBy(10);
  }

  private void renewAll() {
    for (HeldLease lease : held.values()) {
      long asked = nanoTime.getAsLong();
      try {
        if (rows.renew(renewalConnection(), lease.epoch(), lease.holder())) {
          lease.renewed(asked);
        } else {
          lease.lose();
          held.remove(lease.epoch());
        }
      } catch (SQLException | RuntimeException failure) {
        // Belief runs out by itself; the next round tries on a new connection.
        log.warn("lease '{}' was not renewed: {}", lease.epoch().lease(), failure.toString());
        closeRenewalConnection();
      }
    }
  }

  private void expireAll() {
    for (HeldLease lease : held.values()) {
      if (!lease.isHeld()) {
        lease.lose();
        held.remove(lease.epoch());
      }
    }
  }

  private void release(HeldLease lease) {
    held.remove(lease.epoch());
    try (Connection connection = dataSource.getConnection()) {
      rows.release(connection, lease.epoch(), lease.holder());
    } catch (SQLException failure) {
      log.warn(
          "lease '{}' was not released and runs out by itself: {}",
          lease.epoch().lease(),
          failure.toString());
    }
  }

  private synchronized Connection renewalConnection() throws SQLException {
    Connection connection = renewalConnection;
    if (connection == null) {
      connection = dataSource.getConnection();
      connection.setAutoCommit(true);
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(ttl.toMillis() / 3));
      renewalConnection = connection;
    }
    return connection;
  }

  private synchronized void closeRenewalConnection() {
    Connection connection = renewalConnection;
    renewalConnection = null;
    if (connection != null) {
      try {
        connection.close();
      } catch (SQLException ignored) {
        log.debug("closing a broken renewal connection", ignored);
      }
    }
  }

  private static ScheduledExecutorService daemon(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().name(name).daemon(true).factory());
  }
}
