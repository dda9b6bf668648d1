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
import java.util.function.Function;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.TrackingToken;
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

  PooledPeer(StockCounters stock, DataSource dataSource, int segments, boolean handBatched) {
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
                SimpleEventHandlerInvoker.builder()
                    .eventHandlers(
                        List.of(handBatched ? new CollectingHandler() : new InsertingHandler()))
                    .build())
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

  private record Row(long position, CounterIncremented event) {}

  /** As handlers are usually written. */
  private final class InsertingHandler {
    @EventHandler
    void on(CounterIncremented event, TrackingToken token) throws SQLException {
      Connection connection = DataSourceUtils.getConnection(dataSource);
      try (PreparedStatement statement =
          connection.prepareStatement(
              """
              INSERT INTO rows_of_peer (position, counter, amount, total, note)
              VALUES (?, ?, ?, ?, ?)
              ON CONFLICT (position) DO UPDATE SET counter = excluded.counter,
                amount = excluded.amount, total = excluded.total, note = excluded.note
              """)) {
        statement.setLong(1, token.position().orElseThrow());
        statement.setString(2, event.counterId());
        statement.setLong(3, event.amount());
        statement.setLong(4, event.total());
        statement.setString(5, event.note());
        statement.executeUpdate();
      } finally {
        DataSourceUtils.releaseConnection(connection, dataSource);
      }
    }
  }

  private final class CollectingHandler {
    @EventHandler
    void on(CounterIncremented event, TrackingToken token, UnitOfWork<?> unitOfWork) {
      List<Row> batch =
          unitOfWork
              .root()
              .getOrComputeResource(
                  "batch",
                  key -> {
                    List<Row> rows = new ArrayList<>();
                    unitOfWork.root().onPrepareCommit(u -> write(rows));
                    return rows;
                  });
      batch.add(new Row(token.position().orElseThrow(), event));
    }
  }

  private void write(List<Row> rows) {
    Connection connection = DataSourceUtils.getConnection(dataSource);
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            INSERT INTO rows_of_peer (position, counter, amount, total, note)
            SELECT * FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::bigint[], ?::text[])
            ON CONFLICT (position) DO UPDATE SET counter = excluded.counter,
              amount = excluded.amount, total = excluded.total, note = excluded.note
            """)) {
      setArray(statement, 1, "bigint", rows.stream().map(Row::position).toArray(Long[]::new));
      setArray(statement, 2, "text", column(rows, CounterIncremented::counterId, String[]::new));
      setArray(statement, 3, "bigint", column(rows, CounterIncremented::amount, Long[]::new));
      setArray(statement, 4, "bigint", column(rows, CounterIncremented::total, Long[]::new));
      setArray(statement, 5, "text", column(rows, CounterIncremented::note, String[]::new));
      statement.executeUpdate();
    } catch (SQLException failure) {
      throw new IllegalStateException(failure);
    } finally {
      DataSourceUtils.releaseConnection(connection, dataSource);
    }
  }

  private static <T> Object[] column(
      List<Row> rows, Function<CounterIncremented, T> value, IntFunction<T[]> array) {
    return rows.stream().map(row -> value.apply(row.event())).toArray(array);
  }

  private static void setArray(PreparedStatement statement, int index, String type, Object[] values)
      throws SQLException {
    statement.setArray(index, statement.getConnection().createArrayOf(type, values));
  }
}
