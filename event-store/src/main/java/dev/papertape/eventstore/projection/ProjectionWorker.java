package dev.papertape.eventstore.projection;

import dev.papertape.eventstore.lease.LeaseFailure;
import dev.papertape.eventstore.lease.Leases;
import dev.papertape.eventstore.lease.Leases.Lease;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.projection.ProjectionWriter.Displaced;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread of one projection: stands by for the lease, then follows the log under its epoch.
 *
 * <pre>
 *   STANDBY ──lease──► REPLAYING ──head reached──► RUNNING
 *      ▲                   │  ▲                      │  ▲
 *      │             fails │  │ works again          │  │
 *      └──lease lost──── DEGRADED ◄──fails 3 times───┘──┘
 * </pre>
 */
final class ProjectionWorker implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ProjectionWorker.class);

  /** Between two looks at what others may have asked for: retries, resets. */
  private static final Duration IDLE = Duration.ofMillis(500);

  private static final int FAILURES_UNTIL_DEGRADED = 3;

  private final Projection projection;
  private final EventLog events;
  private final DataSource dataSource;
  private final Leases leases;
  private final ProjectionSettings settings;
  private final PositionSignal signal;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile ProjectionState state = ProjectionState.STANDBY;
  private volatile @Nullable Throwable failure;
  private long looked;

  ProjectionWorker(
      Projection projection,
      EventLog events,
      DataSource dataSource,
      Leases leases,
      ProjectionSettings settings,
      PositionSignal signal) {
    this.projection = projection;
    this.events = events;
    this.dataSource = dataSource;
    this.leases = leases;
    this.settings = settings;
    this.signal = signal;
  }

  ProjectionState state() {
    return state;
  }

  @Nullable Throwable failure() {
    return failure;
  }

  void stop() {
    stop.countDown();
  }

  @Override
  public void run() {
    while (!stopped()) {
      try {
        Optional<Lease> lease = leases.tryAcquire("projection:" + projection.name(), () -> {});
        if (lease.isPresent()) {
          try (Lease held = lease.get()) {
            follow(held);
          }
        } else {
          failure = null;
        }
      } catch (LeaseFailure unreachable) {
        if (failure == null) {
          log.warn("projection '{}' stands by: {}", projection.name(), unreachable.toString());
        }
        failure = unreachable;
      } catch (Throwable unexpected) {
        // The thread must outlive anything: a projection without a thread would stand still unseen.
        if (failure == null || !failure.toString().equals(unexpected.toString())) {
          log.error("projection '{}'", projection.name(), unexpected);
        }
        failure = unexpected;
      }
      state = ProjectionState.STANDBY;
      pause(settings.standby());
    }
  }

  private void follow(Lease lease) {
    ProjectionRun run =
        new ProjectionRun(projection, events, dataSource, lease.epoch(), settings.batchSize());
    boolean open = false;
    int failures = 0;
    while (!stopped() && lease.isHeld()) {
      try {
        if (!open) {
          if (!run.open()) {
            return;
          }
          open = true;
          report(run);
        }
        boolean advanced = run.advance();
        open = look(run, advanced);
        failures = 0;
        report(run);
        if (!advanced) {
          events.awaitBeyond(run.position(), IDLE);
        }
      } catch (Displaced displaced) {
        log.info("projection opens again: {}", displaced.getMessage());
        open = false;
      } catch (SQLException | RuntimeException broken) {
        open = false;
        failures++;
        degrade(broken, failures);
        pause(settings.backoff(failures));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /**
   * @return whether the run may go on without being opened again
   */
  private boolean look(ProjectionRun run, boolean advanced) throws SQLException, Displaced {
    long now = System.nanoTime();
    if (now - looked < IDLE.toNanos()) {
      return true;
    }
    looked = now;
    run.retryWhatWasAsked();
    // A run that advances finds out by itself, when it writes.
    return advanced || run.undisturbed();
  }

  private void report(ProjectionRun run) {
    failure = null;
    state = run.replaying() ? ProjectionState.REPLAYING : ProjectionState.RUNNING;
    signal.set(run.position());
  }

  private void degrade(Exception broken, int failures) {
    failure = broken;
    if (failures >= FAILURES_UNTIL_DEGRADED) {
      if (state != ProjectionState.DEGRADED) {
        log.error("projection '{}' is DEGRADED", projection.name(), broken);
      }
      state = ProjectionState.DEGRADED;
    } else {
      log.warn("projection '{}' tries again: {}", projection.name(), broken.toString());
    }
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  private void pause(Duration duration) {
    try {
      stop.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      stop();
    }
  }
}
