package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.guards.TradingCommand;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the trading state in the log and tells the engine of each change, whichever process wrote
 * it. One thread for one life of the engine.
 */
public final class TradingStateTail implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TradingStateTail.class);

  private final EventLog events;
  private final Function<LoggedEvent, GuardsEvent> decode;
  private final Listener listener;
  private final Thread thread;
  private long nextSequence;
  private volatile boolean closing;

  /** Told of each change after {@link #current()}, in order. */
  @FunctionalInterface
  public interface Listener {
    void changed(TradingState state, String reason, long position);
  }

  public TradingStateTail(
      EventLog events, Function<LoggedEvent, GuardsEvent> decode, Listener listener) {
    this.events = events;
    this.decode = decode;
    this.listener = listener;
    this.thread = Thread.ofVirtual().name("trading-state-tail").unstarted(this::run);
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

  public void start() {
    thread.start();
  }

  private void run() {
    long seen = 0;
    while (!closing) {
      try {
        seen = events.awaitBeyond(seen, Duration.ofSeconds(1));
        deliver(events.stream(TradingCommand.ID, nextSequence));
      } catch (InterruptedException stop) {
        return;
      } catch (RuntimeException failure) {
        log.warn("the trading state could not be read and will be again: {}", failure.toString());
      }
    }
  }

  private void deliver(List<LoggedEvent> changes) {
    for (LoggedEvent change : changes) {
      GuardsEvent event = decode.apply(change);
      listener.changed(TradingDecider.after(event), event.reason(), change.position());
      nextSequence = change.sequence() + 1;
    }
  }

  @Override
  public void close() {
    closing = true;
    thread.interrupt();
  }
}
