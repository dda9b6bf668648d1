package dev.papertape.benchmarks.eventstore;

import dev.papertape.benchmarks.eventstore.counter.CounterIncremented;
import dev.papertape.eventstore.lease.PostgresLeases;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.PostgresEventLog;
import dev.papertape.eventstore.projection.BatchProjectionProcessor;
import dev.papertape.eventstore.projection.ProjectionSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

/**
 * How fast a projection that writes one row an event works off a log: ours beside the pooled
 * streaming processor, over the same events in the same database.
 */
final class ProcessorRace {
  private static final int STREAMS = 1_000;

  private final DataSource dataSource;
  private final int events;

  ProcessorRace(DataSource dataSource, int events) {
    this.dataSource = dataSource;
    this.events = events;
  }

  /** Fills the stock engine's table by publishing, and ours with the same events. */
  void fill(StockCounters stock) throws SQLException {
    List<EventMessage<?>> batch = new ArrayList<>();
    for (int i = 0; i < events; i++) {
      String counter = "counter-" + i % STREAMS;
      long total = i / STREAMS;
      batch.add(
          new GenericDomainEventMessage<>(
              "Counter",
              counter,
              total,
              new CounterIncremented(counter, 1, total + 1, CommandLoad.NOTE)));
      if (batch.size() == 1_000 || i == events - 1) {
        stock.transactions().executeInTransaction(() -> stock.eventStore().publish(batch));
        batch.clear();
      }
    }
    execute(
        """
        INSERT INTO event_log
        SELECT row_number() OVER (ORDER BY globalindex), aggregateidentifier, sequencenumber, type,
               eventidentifier::uuid, now(), 'bench.CounterIncremented', '1', payload, metadata,
               sha256(payload)
        FROM domainevententry
        """);
    execute("VACUUM ANALYZE domainevententry");
    execute("VACUUM ANALYZE event_log");
    for (String table : List.of("rows_of_ours", "rows_of_peer")) {
      execute(
          "CREATE TABLE "
              + table
              + " (position bigint PRIMARY KEY, counter text, amount bigint, total bigint, note text)");
    }
  }

  /** Events a second of our processor, from its start until the last row is committed. */
  double ours() throws SQLException, InterruptedException {
    execute("TRUNCATE rows_of_ours, projection_position");
    try (PostgresLeases leases = new PostgresLeases(dataSource, "bench", Duration.ofSeconds(5))) {
      BatchProjectionProcessor processor =
          new BatchProjectionProcessor(
              new RowPerEvent(),
              new PostgresEventLog(dataSource, new HeadSignal()),
              dataSource,
              leases,
              ProjectionSettings.DEFAULT);
      long start = System.nanoTime();
      processor.start();
      boolean done = processor.awaitPosition(events, Duration.ofMinutes(10));
      double rate = events / ((System.nanoTime() - start) / 1e9);
      processor.shutDown();
      requireAllRows("rows_of_ours", done);
      return rate;
    }
  }

  /**
   * The same of the pooled streaming processor with batches of 1,000.
   *
   * @param handBatched whether the handler collects its batch and writes it by one statement, as
   *     ours does by itself, or inserts a row an event in the batch's transaction
   */
  double peer(StockCounters stock, int segments, boolean handBatched)
      throws SQLException, InterruptedException {
    execute("TRUNCATE rows_of_peer");
    try (PooledPeer peer = new PooledPeer(stock, dataSource, segments, handBatched)) {
      long start = System.nanoTime();
      peer.start();
      boolean done = peer.await(events, Duration.ofMinutes(10));
      double rate = events / ((System.nanoTime() - start) / 1e9);
      requireAllRows("rows_of_peer", done);
      return rate;
    }
  }

  private void requireAllRows(String table, boolean done) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
      row.next();
      if (!done || row.getLong(1) != events) {
        throw new IllegalStateException(table + " has " + row.getLong(1) + " of " + events);
      }
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
