package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.guards.TradingCommand;
import dev.papertape.contracts.guards.TradingState;
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
 * Follows the trading state in the log and tells the engine of each change, whichever process wrote
 * it. One thread for one life of the engine.
 */
public final class TradingStateTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TradingStateTail.class);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

  private final EventLog events;
  private final Function<LoggedEvent, GuardsEvent> decode;
  private final Duration betweenLooks;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;
  private long nextSequence;

  /** Told of each change after {@link #current()}, in order; may wait until it can take one. */
  @FunctionalInterface
  public interface Listener {
    void changed(TradingState state, String reason, long position) throws InterruptedException;
  }

  public TradingStateTail(EventLog events, Function<LoggedEvent, GuardsEvent> decode) {
    this(events, decode, BETWEEN_LOOKS);
  }

  /**
   * @param betweenLooks shortest time between two queries: every append of the whole log wakes this
   *     thread, and hardly any of them is a change of the trading state
   */
  TradingStateTail(
      EventLog events, Function<LoggedEvent, GuardsEvent> decode, Duration betweenLooks) {
    this.events = events;
    this.decode = decode;
    this.betweenLooks = betweenLooks;
  }

  /** Reads the state as the log has it now; what comes later goes to the listener. */
  public TradingState current() {
    TradingState state = TradingState.ACTIVE;
    for (LoggedEvent event : events.stream(TradingCommand.ID, 0)) {
      state = TradingDecider.after(decode.apply(event));
      nextSequence = event.sequence() + 1;
    }
    return state;
  }

  /**
   * Tells the listener, on a thread of its own, what changed after {@link #current()}. Not a
   * virtual thread: {@link #close()} interrupts it, and an interrupt closes the socket that a
   * virtual thread reads from, which would break a pooled connection in the middle of a query.
   */
  public void start(Listener listener) {
    thread = Thread.ofPlatform().daemon().name("trading-state-tail").start(() -> run(listener));
  }

  private void run(Listener listener) {
    long seen = 0;
    try {
      do {
        seen = events.awaitBeyond(seen, LONGEST_WAIT);
        look(listener);
      } while (!closing.await(betweenLooks.toNanos(), TimeUnit.NANOSECONDS));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Listener listener) throws InterruptedException {
    try {
      deliver(events.stream(TradingCommand.ID, nextSequence), listener);
    } catch (RuntimeException failure) {
      if (closing.getCount() == 0) {
        return;
      }
      log.warn("the trading state could not be read and will be again: {}", failure.toString());
    }
  }

  private void deliver(List<LoggedEvent> changes, Listener listener) throws InterruptedException {
    for (LoggedEvent change : changes) {
      GuardsEvent event = decode.apply(change);
      listener.changed(TradingDecider.after(event), event.reason(), change.position());
      nextSequence = change.sequence() + 1;
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
