package dev.papertape.benchmarks.eventstore;

import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcSQLErrorCodesResolver;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/**
 * The peer: {@code JdbcEventStorageEngine} and Jackson, everything else as Axon has it by default.
 *
 * <p>Two ways of transactions are in use and both are measured: on the command bus, as Spring
 * Boot's starter sets it up (each command in flight holds a connection), and in the engine alone.
 */
final class StockCounters implements CounterSystem {
  private final Configuration axon;
  private final TransactionManager transactions;

  StockCounters(DataSource dataSource, boolean transactionsOnBus) {
    transactions = new SpringTransactionManager(new DataSourceTransactionManager(dataSource));
    JacksonSerializer serializer = JacksonSerializer.defaultSerializer();
    PersistenceExceptionResolver resolver = new JdbcSQLErrorCodesResolver();
    JdbcEventStorageEngine engine =
        JdbcEventStorageEngine.builder()
            .eventSerializer(serializer)
            .snapshotSerializer(serializer)
            .persistenceExceptionResolver(resolver)
            .connectionProvider(new SpringDataSourceConnectionProvider(dataSource))
            .transactionManager(transactions)
            .build();
    engine.createSchema(PostgresEventTableFactory.INSTANCE);
    axon =
        DefaultConfigurer.defaultConfiguration(false)
            .configureSerializer(c -> serializer)
            .configureTransactionManager(
                c -> transactionsOnBus ? transactions : NoTransactionManager.INSTANCE)
            .configureEmbeddedEventStore(c -> engine)
            .configureAggregate(CounterSystem.counter())
            .buildConfiguration();
    axon.start();
  }

  @Override
  public CommandGateway commands() {
    return axon.commandGateway();
  }

  EventStore eventStore() {
    return axon.eventStore();
  }

  TransactionManager transactions() {
    return transactions;
  }

  /** Its calls block in JDBC either way; platform threads are what it is made for. */
  @Override
  public ThreadFactory callers(int callers) {
    return Thread.ofPlatform().daemon().factory();
  }

  @Override
  public void close() {
    axon.shutdown();
  }
}
