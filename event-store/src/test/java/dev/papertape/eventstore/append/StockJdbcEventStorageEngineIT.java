package dev.papertape.eventstore.append;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import java.sql.SQLException;
import org.axonframework.common.jdbc.PersistenceExceptionResolver;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.axonframework.spring.messaging.unitofwork.SpringTransactionManager;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;

/** The peer passes the same contract, so the contract is Axon's and not only ours. */
class StockJdbcEventStorageEngineIT extends EventStorageEngineContract {
  private HikariDataSource pool;

  @Override
  EventStorageEngine createEngine() {
    pool = TestStore.pool(TemporaryPostgres.freshDatabase());
    Serializer serializer = JacksonSerializer.defaultSerializer();
    TransactionManager transactions =
        new SpringTransactionManager(new DataSourceTransactionManager(pool));
    PersistenceExceptionResolver duplicates = StockJdbcEventStorageEngineIT::isUniqueViolation;
    JdbcEventStorageEngine engine =
        JdbcEventStorageEngine.builder()
            .connectionProvider(new SpringDataSourceConnectionProvider(pool))
            .transactionManager(transactions)
            .eventSerializer(serializer)
            .snapshotSerializer(serializer)
            .persistenceExceptionResolver(duplicates)
            .build();
    engine.createSchema(PostgresEventTableFactory.INSTANCE);
    return engine;
  }

  @Override
  void closeEngine() {
    pool.close();
  }

  private static boolean isUniqueViolation(Throwable thrown) {
    for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && "23505".equals(sql.getSQLState())) {
        return true;
      }
    }
    return false;
  }
}
