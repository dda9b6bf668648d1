package dev.papertape.command.engine;

import dev.papertape.eventstore.lease.Leases;
import dev.papertape.eventstore.lease.Leases.Lease;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the engine in the process that holds its lease. Others try again and again, so that one of
 * them takes over; each life of the engine starts by folding the log.
 *
 * <pre>
 *   STANDBY ──lease taken──► RUNNING ──lease lost, journal failed, engine failed──► STANDBY
 * </pre>
 */
public final class EngineRuntime implements EngineMailbox, AutoCloseable {
  /** Name of the engine's lease. */
  public static final String LEASE = "engine";

  private static final Logger log = LoggerFactory.getLogger(EngineRuntime.class);

  private final Leases leases;
  private final EngineLife.Factory lives;
  private final Duration retry;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable EngineLife life;

  /**
   * @param retry how long a standby waits between two tries
   */
  public EngineRuntime(Leases leases, EngineLife.Factory lives, Duration retry) {
    this.leases = leases;
    this.lives = lives;
    this.retry = retry;
    this.thread = Thread.ofPlatform().name("engine-lease").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Whether this process runs the engine now. */
  public boolean isHolder() {
    return life != null;
  }

  @Override
  public void send(EngineCommand command) {
    EngineLife current = life;
    if (current == null) {
      command.refuse(new EngineUnavailable.NotLeaseHolder());
    } else {
      current.send(command);
    }
  }

  private void run() {
    while (!isClosing()) {
      try {
        tryToLive();
      } catch (RuntimeException failure) {
        log.warn("the engine could not run and will try again: {}", failure.toString(), failure);
      }
      if (await(retry)) {
        return;
      }
    }
  }

  private void tryToLive() {
    CountDownLatch over = new CountDownLatch(1);
    Optional<Lease> taken = leases.tryAcquire(LEASE, over::countDown);
    if (taken.isEmpty()) {
      return;
    }
    try (Lease lease = taken.get();
        EngineLife started = lives.begin(lease.epoch(), over::countDown)) {
      life = started;
      log.info("engine runs under epoch {}", lease.epoch().number());
      awaitEither(over);
      if (!isClosing()) {
        log.warn("engine of epoch {} ends: {}", lease.epoch().number(), started.endReason());
      }
      life = null;
    } finally {
      life = null;
    }
  }

  private void awaitEither(CountDownLatch over) {
    try {
      while (!isClosing() && !over.await(100, TimeUnit.MILLISECONDS)) {
        continue;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0 || Thread.currentThread().isInterrupted();
  }

  /** True if the runtime was closed meanwhile. */
  private boolean await(Duration duration) {
    try {
      return closing.await(duration.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Ends the engine's life and gives the lease back, so that a standby takes over at once. */
  @Override
  public void close() {
    closing.countDown();
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
