package dev.papertape.eventstore.append;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.eventstore.SchemaMigrations;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.log.HeadListener;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.log.PostgresEventLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.snapshotting.SnapshotFilter;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.axonframework.serialization.upcasting.event.NoOpEventUpcaster;

/** What one process has of the event store, over a database of its own or a shared one. */
final class TestStore implements AutoCloseable {
  static final EventNames NAMES =
      EventNames.of(
          List.of(Deposited.class, Withdrawn.class), type -> "bank." + type.getSimpleName());
  static final CanonicalJson JSON = new CanonicalJson();

  /** A registered event. */
  record Deposited(String account, long cents) {}

  /** Another. */
  record Withdrawn(String account, long cents) {}

  final PostgresDatabase database;
  final HikariDataSource pool;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final HeadSignal signal = new HeadSignal();
  final PostgresEventLog log;
  final Appender appender;
  final GroupCommitFactJournal journal;
  final GroupCommitEventStorageEngine engine;
  private final HeadListener listener;

  private TestStore(
      PostgresDatabase database,
      Clock clock,
      AppendLimits limits,
      UnaryOperator<DataSource> appending) {
    this.database = database;
    this.pool = pool(database);
    new SchemaMigrations(pool).migrate("eventstore");
    this.log = new PostgresEventLog(pool, signal);
    this.appender = new Appender(appending.apply(pool), signal, clock, meters, limits);
    this.journal = new GroupCommitFactJournal(appender, JSON, NAMES);
    this.engine = engine(NoOpEventUpcaster.INSTANCE, SnapshotFilter.allowAll());
    this.listener = new HeadListener(pool, signal);
    appender.start();
    listener.start();
  }

  static TestStore open() {
    return open(Clock.systemUTC());
  }

  static TestStore open(Clock clock) {
    return open(clock, AppendLimits.DEFAULT, UnaryOperator.identity());
  }

  /**
   * @param appending what stands between the appender and the pool
   */
  static TestStore open(Clock clock, AppendLimits limits, UnaryOperator<DataSource> appending) {
    return new TestStore(TemporaryPostgres.freshDatabase(), clock, limits, appending);
  }

  /** What a second process over the same database has. */
  TestStore another(Clock clock) {
    return new TestStore(database, clock, AppendLimits.DEFAULT, UnaryOperator.identity());
  }

  GroupCommitEventStorageEngine engine(EventUpcaster upcasters, SnapshotFilter snapshotFilter) {
    return GroupCommitEventStorageEngine.create(
        appender, log, new SnapshotTable(pool), JSON, NAMES, upcasters, snapshotFilter);
  }

  /** Transactions that had to be repeated without the units of work in conflict. */
  double conflicts() {
    return meters.get("eventstore.append.conflicts").counter().count();
  }

  /** Everything in the log, oldest first. */
  List<LoggedEvent> events() {
    return log.after(0, Integer.MAX_VALUE);
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    journal.close();
    appender.close();
    listener.close();
    pool.close();
  }

  static HikariDataSource pool(PostgresDatabase database) {
    HikariDataSource pool = new HikariDataSource();
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(12);
    pool.setMinimumIdle(0);
    pool.setConnectionTimeout(2_000);
    return pool;
  }
}
