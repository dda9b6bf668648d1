package dev.papertape.command.deploy;

import dev.papertape.contracts.deploy.DeployCommand.AssessRollout;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the deployment judge the newest counts in the log, in the process that holds the engine's
 * lease. It remembers nothing that matters: an assessment of counts that were judged before changes
 * nothing, so after a kill -9 the next life asks again, loses none and repeats none. One thread for
 * one life of the engine.
 */
public final class RolloutConductor implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RolloutConductor.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** Counts come once a second of feed time at most. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final EventLog events;
  private final Function<LoggedEvent, SlosObserved> decode;
  private final Consumer<AssessRollout> assess;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile ReleasesTail.@Nullable Followed followed;
  private long assessed;
  private @Nullable Thread thread;

  public RolloutConductor(
      EventLog events, Function<LoggedEvent, SlosObserved> decode, Consumer<AssessRollout> assess) {
    this.events = events;
    this.decode = decode;
    this.assess = assess;
  }

  /** The newest counts of a rollout, null before the first. */
  public static @Nullable SlosObserved newest(
      EventLog events, Function<LoggedEvent, SlosObserved> decode, String rolloutId) {
    return events.lastOf(SlosObserved.stream(rolloutId)).map(decode).orElse(null);
  }

  /** The rollout to conduct, if one runs. */
  public void follow(ReleasesTail.Followed now) {
    followed = now;
  }

  /** Not a virtual thread: {@link #close()} interrupts it, perhaps in the middle of a query. */
  public void start() {
    thread = Thread.ofPlatform().daemon().name("rollout-conductor").start(this::run);
  }

  private void run() {
    long seen = 0;
    try {
      do {
        seen = events.awaitBeyond(seen, LONGEST_WAIT);
        look();
      } while (!closing.await(BETWEEN_LOOKS.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    ReleasesTail.Followed now = followed;
    String rolloutId = now == null ? null : now.runs();
    if (now == null || rolloutId == null) {
      return;
    }
    try {
      Optional<LoggedEvent> newest = events.lastOf(SlosObserved.stream(rolloutId));
      if (newest.isPresent() && newest.get().position() > assessed) {
        long position = newest.get().position();
        SlosObserved counts = decode.apply(newest.get());
        assess.accept(new AssessRollout(rolloutId, counts.at(now.registeredAt(), position)));
        assessed = position;
      }
    } catch (RuntimeException failure) {
      if (closing.getCount() > 0) {
        log.warn("rollout {} could not be judged and will be again: {}", rolloutId, failure);
      }
    }
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
