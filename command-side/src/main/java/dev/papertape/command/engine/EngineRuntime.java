package dev.papertape.command.engine;

import dev.papertape.eventstore.lease.Leases;
import dev.papertape.eventstore.lease.Leases.Lease;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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

  /** The longest wait after lives that could not begin, in {@code retry}: another may try first. */
  private static final int MOST_RETRIES = 10;

  private static final Logger log = LoggerFactory.getLogger(EngineRuntime.class);

  private final Leases leases;
  private final EngineLife.Factory lives;
  private final Duration retry;
  private final RepeatedFailure leaseFailure;
  private final RepeatedFailure lifeFailure;
  private final AtomicLong failedBegins = new AtomicLong();
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable EngineLife life;

  /**
   * @param retry how long a standby waits between two tries
   * @param clock says when a failure that lasts is logged again
   */
  public EngineRuntime(
      Leases leases, EngineLife.Factory lives, Duration retry, InstantSource clock) {
    this.leases = leases;
    this.lives = lives;
    this.retry = retry;
    this.leaseFailure = new RepeatedFailure(retry, retry, clock);
    this.lifeFailure = new RepeatedFailure(retry, retry.multipliedBy(MOST_RETRIES), clock);
    this.thread = Thread.ofPlatform().name("engine-lease").unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  /** Whether this process runs the engine now. */
  public boolean isHolder() {
    return life != null;
  }

  /** Lives that could not begin since the start of this process. */
  public long failedBegins() {
    return failedBegins.get();
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
    boolean closed = false;
    while (!closed && !isClosing()) {
      closed = await(tryToLive());
    }
  }

  /** Lives if it can; returns how long to wait before the next try. */
  private Duration tryToLive() {
    CountDownLatch over = new CountDownLatch(1);
    Optional<Lease> taken;
    try {
      taken = leases.tryAcquire(LEASE, over::countDown);
      leaseFailure.isOver();
    } catch (RuntimeException failure) {
      return waitAfter(leaseFailure, "the engine's lease cannot be asked for", failure);
    }
    if (taken.isEmpty()) {
      return retry;
    }
    try (Lease lease = taken.get()) {
      return live(lease, over);
    } catch (RuntimeException failure) {
      return waitAfter(leaseFailure, "the engine's life did not end cleanly", failure);
    }
  }

  private Duration live(Lease lease, CountDownLatch over) {
    EngineLife begun;
    try {
      begun = lives.begin(lease.epoch(), over::countDown);
      lifeFailure.isOver();
    } catch (RuntimeException failure) {
      failedBegins.incrementAndGet();
      return waitAfter(lifeFailure, "the engine cannot begin", failure);
    }
    try (EngineLife started = begun) {
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
    return retry;
  }

  private static Duration waitAfter(RepeatedFailure repeated, String what, Throwable failure) {
    log.debug("{}", what, failure);
    repeated.happened(failure).ifPresent(why -> log.warn("{} and will try again: {}", what, why));
    return repeated.untilNextTry();
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
