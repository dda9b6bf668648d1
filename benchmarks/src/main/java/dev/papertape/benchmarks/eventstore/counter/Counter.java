package dev.papertape.benchmarks.eventstore.counter;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.jspecify.annotations.Nullable;

/** The aggregate; its fields are its snapshot. */
@JsonAutoDetect(fieldVisibility = Visibility.ANY)
public class Counter {
  // Null until the first event: Axon takes an event's aggregate from here once it is set.
  @AggregateIdentifier private @Nullable String counterId;
  private long total;

  /** For Axon, which replays into it. */
  protected Counter() {}

  @CommandHandler
  public Counter(CreateCounter command) {
    AggregateLifecycle.apply(new CounterCreated(command.counterId(), command.note()));
  }

  @CommandHandler
  void handle(Increment command) {
    AggregateLifecycle.apply(
        new CounterIncremented(
            command.counterId(), command.amount(), total + command.amount(), command.note()));
  }

  @EventSourcingHandler
  void on(CounterCreated event) {
    counterId = event.counterId();
  }

  @EventSourcingHandler
  void on(CounterIncremented event) {
    total = event.total();
  }
}
