package dev.papertape.eventstore.axon;

import dev.papertape.eventstore.log.HeadSignal;
import java.util.List;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;

/**
 * Axon's event store, whose readers are woken by whatever grows the log: facts, other processes.
 */
public final class WokenEventStore extends EmbeddedEventStore {

  private WokenEventStore(Builder builder) {
    super(builder);
  }

  /** An event store that wakes its readers at each move of the signal. */
  public static WokenEventStore create(Builder builder, HeadSignal signal) {
    WokenEventStore store = new WokenEventStore(builder);
    signal.onAdvance(() -> store.afterCommit(List.of()));
    return store;
  }
}
