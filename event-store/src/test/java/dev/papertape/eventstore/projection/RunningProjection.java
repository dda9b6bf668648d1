package dev.papertape.eventstore.projection;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.eventstore.fixture.TestDatabase;
import dev.papertape.eventstore.lease.PostgresLeases;
import dev.papertape.eventstore.log.HeadListener;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.PostgresEventLog;
import java.time.Duration;
import javax.sql.DataSource;

/** One process that runs the counting projection, with its own pool, leases and listener. */
final class RunningProjection implements AutoCloseable {
  final Counting projection = new Counting();
  final HikariDataSource pool;
  final PostgresLeases leases;
  final BatchProjectionProcessor processor;
  private final HeadListener listener;

  RunningProjection(TestDatabase database, int batchSize) {
    this(database, batchSize, database.newPool(8));
  }

  private RunningProjection(TestDatabase database, int batchSize, HikariDataSource pool) {
    this(database, batchSize, pool, pool);
  }

  /**
   * @param rows where the projection reads and writes its rows
   */
  RunningProjection(TestDatabase database, int batchSize, HikariDataSource pool, DataSource rows) {
    this.pool = pool;
    HeadSignal signal = new HeadSignal();
    this.listener = new HeadListener(pool, signal);
    this.leases = new PostgresLeases(pool, "test", Duration.ofMillis(900));
    this.processor =
        new BatchProjectionProcessor(
            projection,
            new PostgresEventLog(pool, signal),
            rows,
            leases,
            new ProjectionSettings(
                batchSize, Duration.ofMillis(50), Duration.ofMillis(5), Duration.ofMillis(20)));
    listener.start();
  }

  RunningProjection start() {
    processor.start();
    return this;
  }

  /** As kill -9 would: nothing is released, every connection breaks. */
  void kill() {
    pool.close();
  }

  @Override
  public void close() {
    processor.shutDown();
    leases.close();
    listener.close();
    pool.close();
  }
}
