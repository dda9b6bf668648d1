package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardLimitCommand;
import dev.papertape.contracts.guards.GuardsEvent.GuardLimitChanged;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.function.Function;

/**
 * Follows the limits that operators set in the log and tells the engine of each change, whichever
 * process wrote it. One thread for one life of the engine.
 */
public final class GuardLimitsTail implements AutoCloseable {
  private final StreamTail<GuardLimitChanged> tail;
  private LimitOverrides limits = LimitOverrides.NONE;

  /** Told of all limits after each change; may wait until it can take them. */
  @FunctionalInterface
  public interface Listener {
    void changed(LimitOverrides limits) throws InterruptedException;
  }

  public GuardLimitsTail(EventLog events, Function<LoggedEvent, GuardLimitChanged> decode) {
    this.tail = new StreamTail<>(events, GuardLimitCommand.ID, decode, StreamTail.BETWEEN_LOOKS);
  }

  /** Reads the limits as the log has them now; what comes later goes to the listener. */
  public LimitOverrides current() {
    for (GuardLimitChanged change : tail.read()) {
      limits = limits.after(change);
    }
    return limits;
  }

  public void start(Listener listener) {
    tail.start(
        (change, position) -> {
          LimitOverrides after = limits.after(change);
          listener.changed(after);
          limits = after;
        });
  }

  @Override
  public void close() {
    tail.close();
  }
}
