package dev.papertape.benchmarks.eventstore;

import dev.papertape.benchmarks.eventstore.counter.Counter;
import java.util.concurrent.ThreadFactory;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.eventsourcing.EventCountSnapshotTriggerDefinition;

/** A running Axon with counters over one of the two engines. */
interface CounterSystem extends AutoCloseable {
  int SNAPSHOT_EVERY = 100;

  CommandGateway commands();

  /**
   * The kind of thread on which this system's callers do best.
   *
   * @param callers how many there are
   */
  ThreadFactory callers(int callers);

  @Override
  void close();

  /** The aggregate as both systems have it. */
  static AggregateConfigurer<Counter> counter() {
    return AggregateConfigurer.defaultConfiguration(Counter.class)
        .configureCache(configuration -> new KeptInMemory())
        .configureSnapshotTrigger(
            configuration ->
                new EventCountSnapshotTriggerDefinition(
                    configuration.snapshotter(), SNAPSHOT_EVERY));
  }
}
