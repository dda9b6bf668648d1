package dev.papertape.benchmarks.eventstore;

import dev.papertape.benchmarks.eventstore.counter.CounterIncremented;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.PostgresTokenTableFactory;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.json.JacksonSerializer;
import org.axonframework.spring.jdbc.SpringDataSourceConnectionProvider;
import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Axon's pooled streaming processor with batches of 1,000. Its handler collects the batch and
 * writes it by one statement at the end of the unit of work: better than Axon's users usually do.
 */
final class PooledPeer implements AutoCloseable {
  private final DataSource dataSource;
  private final int segments;
  private final ScheduledExecutorService coordinator = Executors.newScheduledThreadPool(1);
  private final ScheduledExecutorService workers;
  private final PooledStreamingEventProcessor processor;

  PooledPeer(StockCounters stock, DataSource dataSource, int segments) {
    this.dataSource = dataSource;
    this.segments = segments;
    this.workers = Executors.newScheduledThreadPool(Math.min(segments, 4));
    JdbcTokenStore tokens =
        JdbcTokenStore.builder()
            .connectionProvider(new SpringDataSourceConnectionProvider(dataSource))
            .serializer(JacksonSerializer.defaultSerializer())
            .build();
    stock
        .transactions()
        .executeInTransaction(() -> tokens.createSchema(PostgresTokenTableFactory.INSTANCE));
    processor =
        PooledStreamingEventProcessor.builder()
            .name("peer-" + UUID.randomUUID())
            .messageSource(stock.eventStore())
            .eventHandlerInvoker(
                SimpleEventHandlerInvoker.builder().eventHandlers(List.of(new Handler())).build())
            .tokenStore(tokens)
            .transactionManager(stock.transactions())
            .coordinatorExecutor(coordinator)
            .workerExecutor(workers)
            .initialSegmentCount(segments)
            .initialToken(source -> source.createTailToken())
            .batchSize(1_000)
            .build();
  }

  void start() {
    processor.start();
  }

  /** Waits until every segment has committed the last of {@code events}. */
  boolean await(int events, Duration timeout) {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (System.nanoTime() < deadline) {
      List<EventTrackerStatus> status = List.copyOf(processor.processingStatus().values());
      if (status.size() == segments
          && status.stream().allMatch(s -> s.getCurrentPosition().orElse(-1) >= events)) {
        return true;
      }
      LockSupport.parkNanos(1_000_000);
    }
    return false;
  }

  @Override
  public void close() {
    processor.shutDown();
    coordinator.shutdown();
    workers.shutdown();
  }

  private final class Handler {
    @EventHandler
    void on(CounterIncremented event, UnitOfWork<?> unitOfWork) {
      List<CounterIncremented> batch =
          unitOfWork
              .root()
              .getOrComputeResource(
                  "batch",
                  key -> {
                    List<CounterIncremented> rows = new ArrayList<>();
                    unitOfWork.root().onPrepareCommit(u -> write(rows));
                    return rows;
                  });
      batch.add(event);
    }
  }

  private void write(List<CounterIncremented> rows) {
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO rows_of_peer (counter, total, amount, note)
            SELECT * FROM unnest(?::text[], ?::bigint[], ?::bigint[], ?::text[])
            ON CONFLICT (counter, total)
            DO UPDATE SET amount = excluded.amount, note = excluded.note
            """)) {
      Object[] counters = rows.stream().map(CounterIncremented::counterId).toArray();
      Object[] totals = rows.stream().map(CounterIncremented::total).toArray(Long[]::new);
      Object[] amounts = rows.stream().map(CounterIncremented::amount).toArray(Long[]::new);
      Object[] notes = rows.stream().map(CounterIncremented::note).toArray();
      statement.setArray(1, connection.createArrayOf("text", counters));
      statement.setArray(2, connection.createArrayOf("bigint", totals));
      statement.setArray(3, connection.createArrayOf("bigint", amounts));
      statement.setArray(4, connection.createArrayOf("text", notes));
      statement.executeUpdate();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }
}
