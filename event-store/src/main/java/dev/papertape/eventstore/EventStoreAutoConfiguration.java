package dev.papertape.eventstore;

import dev.papertape.eventstore.append.AppendLimits;
import dev.papertape.eventstore.append.Appender;
import dev.papertape.eventstore.append.GroupCommitEventStorageEngine;
import dev.papertape.eventstore.append.GroupCommitFactJournal;
import dev.papertape.eventstore.append.SnapshotTable;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.CanonicalSerializer;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.log.HeadListener;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.PostgresEventLog;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.DuplicateCommandHandlerResolver;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * The event log and Axon on top of it. The application gives one {@link EventNames} bean; without
 * it nothing here is made.
 *
 * <p>The command bus has no transaction manager: a command in flight would hold a pooled connection
 * while it waits for the appender's group commit.
 */
@AutoConfiguration(
    after = DataSourceAutoConfiguration.class,
    beforeName = {
      "org.axonframework.springboot.autoconfig.AxonAutoConfiguration",
      "org.axonframework.springboot.autoconfig.JdbcAutoConfiguration",
      "org.axonframework.springboot.autoconfig.InfraConfiguration"
    })
@ConditionalOnBean({DataSource.class, EventNames.class})
public class EventStoreAutoConfiguration {

  /** The log's tables are there and the database keeps what it acknowledges. */
  public static final class CheckedSchema {
    CheckedSchema(DataSource dataSource) {
      DurabilityCheck.requireDurable(dataSource);
      new SchemaMigrations(dataSource).migrate("eventstore");
    }
  }

  @Bean
  CheckedSchema eventLogSchema(DataSource dataSource) {
    return new CheckedSchema(dataSource);
  }

  @Bean
  @ConditionalOnMissingBean
  CanonicalJson canonicalJson() {
    return new CanonicalJson();
  }

  @Bean
  HeadSignal headSignal() {
    return new HeadSignal();
  }

  @Bean
  PostgresEventLog eventLog(DataSource dataSource, HeadSignal signal, CheckedSchema schema) {
    return new PostgresEventLog(dataSource, signal);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  HeadListener headListener(DataSource dataSource, HeadSignal signal, CheckedSchema schema) {
    return new HeadListener(dataSource, signal);
  }

  @Bean(initMethod = "start", destroyMethod = "close")
  Appender appender(
      DataSource dataSource,
      HeadSignal signal,
      ObjectProvider<Clock> clock,
      ObjectProvider<MeterRegistry> registry,
      CheckedSchema schema) {
    return new Appender(
        dataSource,
        signal,
        clock.getIfAvailable(Clock::systemUTC),
        registry.getIfAvailable(SimpleMeterRegistry::new),
        AppendLimits.DEFAULT);
  }

  @Bean(destroyMethod = "close")
  GroupCommitFactJournal factJournal(Appender appender, CanonicalJson json, EventNames names) {
    return new GroupCommitFactJournal(appender, json, names);
  }

  @Bean
  EventStorageEngine eventStorageEngine(
      Appender appender,
      PostgresEventLog log,
      DataSource dataSource,
      CanonicalJson json,
      EventNames names) {
    return GroupCommitEventStorageEngine.create(
        appender,
        log,
        new SnapshotTable(dataSource),
        json,
        names,
        NoOpEventUpcaster.INSTANCE,
        snapshot -> true);
  }

  @Bean
  EmbeddedEventStore eventStore(EventStorageEngine engine, Configuration configuration) {
    return EmbeddedEventStore.builder()
        .storageEngine(engine)
        .messageMonitor(configuration.messageMonitor(EmbeddedEventStore.class, "eventStore"))
        .build();
  }

  @Bean
  @Qualifier("eventSerializer")
  Serializer eventSerializer(CanonicalJson json, EventNames names) {
    SerializerCheck.requireRoundTrip(json);
    return new CanonicalSerializer(json, names);
  }

  /** For messages and tokens, which never reach the log. */
  @Bean
  @Primary
  @Qualifier("messageSerializer")
  Serializer serializer(CanonicalJson json) {
    return JacksonSerializer.builder().objectMapper(json.mapper()).lenientDeserialization().build();
  }

  @Bean
  @Qualifier("localSegment")
  @ConditionalOnMissingBean(CommandBus.class)
  SimpleCommandBus commandBus(Configuration configuration, DuplicateCommandHandlerResolver twice) {
    SimpleCommandBus bus =
        SimpleCommandBus.builder()
            .transactionManager(NoTransactionManager.INSTANCE)
            .duplicateCommandHandlerResolver(twice)
            .messageMonitor(configuration.messageMonitor(CommandBus.class, "commandBus"))
            .build();
    bus.registerHandlerInterceptor(
        new CorrelationDataInterceptor<>(configuration.correlationDataProviders()));
    return bus;
  }
}
