package dev.papertape.command.alpha;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaRoster;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the registry in the log and tells the engine of each change, whichever process wrote it.
 * One thread for one life of the engine.
 */
public final class AlphaTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(AlphaTail.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

  /** Every append of the whole log wakes this thread, and hardly any is of an alpha. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final EventLog events;
  private final Function<LoggedEvent, DomainEvent> decode;
  private final CountDownLatch closing = new CountDownLatch(1);
  private AlphaRegistry.Read read;
  private @Nullable Thread thread;

  /** Told after each event of {@link #current()}, in order; may wait until it can take one. */
  @FunctionalInterface
  public interface Listener {
    void changed(AlphaRoster now) throws InterruptedException;
  }

  /**
   * @param configured what there is as long as the log says nothing else
   */
  public AlphaTail(
      EventLog events, Function<LoggedEvent, DomainEvent> decode, List<AlphaSpec> configured) {
    this.events = events;
    this.decode = decode;
    this.read = new AlphaRegistry.Read(AlphaRoster.of(configured), 0);
  }

  /** Reads the registry as the log has it now; what comes later goes to the listener. */
  public AlphaRoster current() {
    for (LoggedEvent logged : events.ofKinds(AlphaRegistry.KINDS, read.position())) {
      read = read.after(logged, decode);
    }
    return read.roster();
  }

  /**
   * Tells the listener, on a thread of its own, what changed after {@link #current()}. Not a
   * virtual thread: {@link #close()} interrupts it, and an interrupt closes the socket that a
   * virtual thread reads from.
   */
  public void start(Listener listener) {
    thread = Thread.ofPlatform().daemon().name("alpha-tail").start(() -> run(listener));
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

  /** After each event, not only after the newest: the panel must see a bench before its end. */
  private void look(Listener listener) throws InterruptedException {
    try {
      for (LoggedEvent logged : events.ofKinds(AlphaRegistry.KINDS, read.position())) {
        AlphaRegistry.Read next = read.after(logged, decode);
        if (next.roster() != read.roster()) {
          listener.changed(next.roster());
        }
        read = next;
      }
    } catch (RuntimeException failure) {
      if (closing.getCount() > 0) {
        log.warn("the alphas could not be followed and will be again: {}", failure.toString());
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
