package dev.papertape.benchmarks.eventstore;

import dev.papertape.benchmarks.eventstore.counter.Counter;
import dev.papertape.benchmarks.eventstore.counter.CounterCreated;
import dev.papertape.benchmarks.eventstore.counter.CounterIncremented;
import dev.papertape.eventstore.append.AppendLimits;
import dev.papertape.eventstore.append.Appender;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.append.GroupCommitEventStorageEngine;
import dev.papertape.eventstore.append.GroupCommitFactJournal;
import dev.papertape.eventstore.append.SnapshotTable;
import dev.papertape.eventstore.axon.RememberedCommandTargets;
import dev.papertape.eventstore.axon.SnapshotThread;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.CanonicalSerializer;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.PostgresEventLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.AggregateSnapshotter;
import org.axonframework.eventsourcing.GenericAggregateFactory;
import org.axonframework.eventsourcing.Snapshotter;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

/** Our engine as the product runs it: group commit, no transactions on the bus. */
final class PapertapeCounters implements CounterSystem {
  private final Appender appender;
  private final GroupCommitFactJournal journal;
  private final SnapshotThread snapshots = new SnapshotThread();
  private final Configuration axon;

  PapertapeCounters(DataSource dataSource) {
    HeadSignal signal = new HeadSignal();
    CanonicalJson json = new CanonicalJson();
    EventNames names =
        EventNames.of(
            List.of(CounterCreated.class, CounterIncremented.class, Counter.class),
            type -> "bench." + type.getSimpleName());
    appender =
        new Appender(
            dataSource, signal, Clock.systemUTC(), new SimpleMeterRegistry(), AppendLimits.DEFAULT);
    appender.start();
    journal = new GroupCommitFactJournal(appender, json, names);
    GroupCommitEventStorageEngine engine =
        GroupCommitEventStorageEngine.create(
            appender,
            new PostgresEventLog(dataSource, signal),
            new SnapshotTable(dataSource),
            json,
            names,
            NoOpEventUpcaster.INSTANCE,
            SnapshotFilter.allowAll());
    axon =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(c -> new CanonicalSerializer(json, names))
            .configureEmbeddedEventStore(c -> engine)
            .registerComponent(Snapshotter.class, this::snapshotter)
            .registerComponent(CommandTargetResolver.class, c -> new RememberedCommandTargets())
            .configureAggregate(CounterSystem.counter())
            .buildConfiguration();
    axon.start();
  }

  /** As the product has it: on a thread of its own. */
  private Snapshotter snapshotter(Configuration configuration) {
    return AggregateSnapshotter.builder()
        .eventStore(configuration.eventStore())
        .executor(snapshots)
        .repositoryProvider(configuration::repository)
        .aggregateFactories(new GenericAggregateFactory<>(Counter.class))
        .build();
  }

  @Override
  public CommandGateway commands() {
    return axon.commandGateway();
  }

  FactJournal journal() {
    return journal;
  }

  /** A lone caller writes its batch itself, which only platform threads do. */
  @Override
  public ThreadFactory callers(int callers) {
    return callers <= 16 ? Thread.ofPlatform().daemon().factory() : Thread.ofVirtual().factory();
  }

  @Override
  public void close() {
    axon.shutdown();
    snapshots.close();
    journal.close();
    appender.close();
  }
}
