package dev.papertape.command.deploy;

import dev.papertape.command.deploy.rollout.Deployment;
import dev.papertape.command.deploy.rollout.RolloutRules;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployEvent.CandidateRegistered;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the deployment in the log and tells the engine of each change, whichever process wrote
 * it. One thread for one life of the engine.
 */
public final class ReleasesTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ReleasesTail.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** Every append of the whole log wakes this thread, and hardly any is of the deployment. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final EventLog events;
  private final Function<LoggedEvent, RolloutEvent> decode;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ReleasePolicy configured;
  private Deployment deployment = Deployment.NONE;
  private long registeredAt;
  private long nextSequence;

  /** Whether something was read that the listener has not been told yet. */
  private boolean pending;

  private @Nullable Thread thread;

  /** Told of each change after {@link #current()}, in order; may wait until it can take one. */
  @FunctionalInterface
  public interface Listener {
    void changed(Followed now) throws InterruptedException;
  }

  /**
   * The deployment as far as it was read.
   *
   * @param runs id of the rollout that runs, null without one
   * @param registeredAt log position at which it began
   */
  public record Followed(Releases releases, @Nullable String runs, long registeredAt) {}

  /**
   * @param configured what is active as long as the log says nothing else
   */
  public ReleasesTail(
      EventLog events, Function<LoggedEvent, RolloutEvent> decode, ReleasePolicy configured) {
    this.events = events;
    this.decode = decode;
    this.configured = configured;
  }

  /** Reads releases and rollout as the log has them now; what comes later goes to the listener. */
  public Followed current() {
    events.stream(DeployCommand.ID, nextSequence).forEach(this::take);
    pending = false;
    return followed();
  }

  /**
   * Tells the listener, on a thread of its own, what changed after {@link #current()}. Not a
   * virtual thread: {@link #close()} interrupts it, and an interrupt closes the socket that a
   * virtual thread reads from.
   */
  public void start(Listener listener) {
    thread = Thread.ofPlatform().daemon().name("releases-tail").start(() -> run(listener));
  }

  private void run(Listener listener) {
    long seen = 0;
    try {
      do {
        seen = events.awaitBeyond(seen, LONGEST_WAIT);
        look(listener);
      } while (!closing.await(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Listener listener) throws InterruptedException {
    try {
      events.stream(DeployCommand.ID, nextSequence).forEach(this::take);
      if (pending) {
        listener.changed(followed());
        pending = false;
      }
    } catch (RuntimeException failure) {
      if (closing.getCount() > 0) {
        log.warn("the deployment could not be followed and will be again: {}", failure.toString());
      }
    }
  }

  private void take(LoggedEvent logged) {
    RolloutEvent event = decode.apply(logged);
    deployment = RolloutRules.after(deployment, event);
    registeredAt = event instanceof CandidateRegistered ? logged.position() : registeredAt;
    nextSequence = logged.sequence() + 1;
    pending = true;
  }

  private Followed followed() {
    Releases releases = Releases.of(deployment, configured);
    Releases.Trial trial = releases.trial();
    return new Followed(releases, trial == null ? null : trial.rolloutId(), registeredAt);
  }

  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    if (running != null) {
      running.interrupt();
    }
  }
}
