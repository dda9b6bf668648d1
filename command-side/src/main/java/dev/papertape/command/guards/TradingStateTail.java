package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardsEvent.TradingEvent;
import dev.papertape.contracts.guards.TradingCommand;
import dev.papertape.contracts.guards.TradingState;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Duration;
import java.util.function.Function;

/**
 * Follows the trading state in the log and tells the engine of each change, whichever process wrote
 * it. One thread for one life of the engine.
 */
public final class TradingStateTail implements AutoCloseable {
  private final StreamTail<TradingEvent> tail;

  /** Told of each change after {@link #current()}, in order; may wait until it can take one. */
  @FunctionalInterface
  public interface Listener {
    void changed(TradingState state, String reason, long position) throws InterruptedException;
  }

  public TradingStateTail(EventLog events, Function<LoggedEvent, TradingEvent> decode) {
    this(events, decode, StreamTail.BETWEEN_LOOKS);
  }

  TradingStateTail(
      EventLog events, Function<LoggedEvent, TradingEvent> decode, Duration betweenLooks) {
    this.tail = new StreamTail<>(events, TradingCommand.ID, decode, betweenLooks);
  }

  /** Reads the state as the log has it now; what comes later goes to the listener. */
  public TradingState current() {
    TradingState state = TradingState.ACTIVE;
    for (TradingEvent event : tail.read()) {
      state = TradingDecider.after(event);
    }
    return state;
  }

  public void start(Listener listener) {
    tail.start(
        (event, position) ->
            listener.changed(TradingDecider.after(event), event.reason(), position));
  }

  @Override
  public void close() {
    tail.close();
  }
}
