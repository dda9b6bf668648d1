package dev.papertape.eventstore;

import dev.papertape.eventstore.append.AppendLimits;
import dev.papertape.eventstore.append.Appender;
import dev.papertape.eventstore.append.GroupCommitEventStorageEngine;
import dev.papertape.eventstore.append.GroupCommitFactJournal;
import dev.papertape.eventstore.append.SnapshotTable;
import dev.papertape.eventstore.axon.OriginMetadata;
import dev.papertape.eventstore.axon.RememberedCommandTargets;
import dev.papertape.eventstore.axon.SnapshotThread;
import dev.papertape.eventstore.axon.WokenEventStore;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.CanonicalSerializer;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.log.HeadListener;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.PostgresEventLog;
import dev.papertape.eventstore.market.CandleStore;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventhandling.EventBusSpanFactory;
import org.axonframework.eventsourcing.SnapshotterSpanFactory;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.annotation.HandlerDefinition;
import org.axonframework.messaging.annotation.ParameterResolverFactory;
import org.axonframework.messaging.correlation.CorrelationDataProvider;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.serialization.Serializer;
import org.axonframework.spring.eventsourcing.SpringAggregateSnapshotter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The event store of a process, from a {@code DataSource} and an {@link EventNames} bean that the
 * application supplies. The data source must give at least eight connections: the appender, the
 * notifier and the listener keep one each.
 *
 * <p>A bean that needs its tables takes {@link SchemaMigrations}: when it is there, module {@code
 * eventstore} is migrated.
 */
@AutoConfiguration(
    after = DataSourceAutoConfiguration.class,
    beforeName = {
      "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
      "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
      "org.axonframework.springboot.autoconfig.NoOpTransactionAutoConfiguration",
      "org.axonframework.springboot.autoconfig.TransactionAutoConfiguration"
    })
@EnableConfigurationProperties(EventStoreProperties.class)
public class EventStoreAutoConfiguration {

  @Bean
  SchemaMigrations schemaMigrations(DataSource dataSource) {
    SafetyCheck.requireDurable(dataSource);
    SchemaMigrations migrations = new SchemaMigrations(dataSource);
    migrations.migrate("eventstore");
    return migrations;
  }

  @Bean
  CanonicalJson canonicalJson() {
    CanonicalJson json = new CanonicalJson();
    SafetyCheck.requireFaithful(json);
    return json;
  }

  @Bean
  HeadSignal headSignal() {
    return new HeadSignal();
  }

  @Bean
  PostgresEventLog eventLog(
      DataSource dataSource, HeadSignal signal, SchemaMigrations migratedBefore) {
    return new PostgresEventLog(dataSource, signal);
  }

  @Bean(initMethod = "start")
  HeadListener headListener(
      DataSource dataSource, HeadSignal signal, SchemaMigrations migratedBefore) {
    return new HeadListener(dataSource, signal);
  }

  @Bean(initMethod = "start")
  Appender appender(
      DataSource dataSource,
      HeadSignal signal,
      ObjectProvider<Clock> clock,
      ObjectProvider<MeterRegistry> registry,
      EventStoreProperties properties,
      SchemaMigrations migratedBefore) {
    return new Appender(
        dataSource,
        signal,
        clock.getIfAvailable(Clock::systemUTC),
        registry.getIfAvailable(() -> Metrics.globalRegistry),
        new AppendLimits(properties.queueEvents(), properties.batchEvents()));
  }

  @Bean
  GroupCommitFactJournal factJournal(Appender appender, CanonicalJson json, EventNames names) {
    return new GroupCommitFactJournal(appender, json, names);
  }

  @Bean
  SnapshotTable snapshotTable(DataSource dataSource, SchemaMigrations migratedBefore) {
    return new SnapshotTable(dataSource);
  }

  @Bean
  CandleStore candleStore(DataSource dataSource, SchemaMigrations migratedBefore) {
    return new CandleStore(dataSource);
  }

  @Bean
  @Primary
  Serializer serializer(CanonicalJson json, EventNames names) {
    return new CanonicalSerializer(json, names);
  }

  @Bean
  @Qualifier("messageSerializer")
  Serializer messageSerializer(CanonicalJson json, EventNames names) {
    return new CanonicalSerializer(json, names);
  }

  @Bean
  @Qualifier("eventSerializer")
  Serializer eventSerializer(CanonicalJson json, EventNames names) {
    return new CanonicalSerializer(json, names);
  }

  /**
   * A command in flight must not hold a pooled connection: the appender has the only one it needs.
   */
  @Bean
  @ConditionalOnMissingBean
  TransactionManager axonTransactionManager() {
    return NoTransactionManager.INSTANCE;
  }

  @Bean
  EventStorageEngine eventStorageEngine(
      Appender appender,
      PostgresEventLog log,
      SnapshotTable snapshots,
      CanonicalJson json,
      EventNames names,
      Configuration axon) {
    return GroupCommitEventStorageEngine.create(
        appender, log, snapshots, json, names, axon.upcasterChain(), axon.snapshotFilter());
  }

  @Bean("eventBus")
  @Qualifier("eventStore")
  EventStore eventStore(EventStorageEngine engine, HeadSignal signal, Configuration axon) {
    return WokenEventStore.create(
        EmbeddedEventStore.builder()
            .storageEngine(engine)
            .messageMonitor(axon.messageMonitor(EventStore.class, "eventStore"))
            .spanFactory(axon.getComponent(EventBusSpanFactory.class)),
        signal);
  }

  @Bean
  SnapshotThread snapshotThread() {
    return new SnapshotThread();
  }

  @Bean
  SpringAggregateSnapshotter snapshotter(
      EventStore eventStore,
      TransactionManager transactions,
      SnapshotThread thread,
      HandlerDefinition handlers,
      ParameterResolverFactory parameters,
      SnapshotterSpanFactory spans,
      Configuration axon) {
    return SpringAggregateSnapshotter.builder()
        .eventStore(eventStore)
        .transactionManager(transactions)
        .executor(thread)
        .repositoryProvider(axon::repository)
        .handlerDefinition(handlers)
        .parameterResolverFactory(parameters)
        .spanFactory(spans)
        .build();
  }

  @Bean
  @ConditionalOnMissingBean
  CorrelationDataProvider originMetadata() {
    return new OriginMetadata();
  }

  @Bean
  @ConditionalOnMissingBean
  CommandTargetResolver commandTargets() {
    return new RememberedCommandTargets();
  }
}
