package dev.papertape.standalone.play;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.contracts.EventTypes;
import dev.papertape.eventstore.SchemaMigrations;
import dev.papertape.eventstore.append.AppendLimits;
import dev.papertape.eventstore.append.Appender;
import dev.papertape.eventstore.append.FactJournal;
import dev.papertape.eventstore.append.GroupCommitFactJournal;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.json.EventNames;
import dev.papertape.eventstore.lease.Leases;
import dev.papertape.eventstore.lease.PostgresLeases;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.HeadSignal;
import dev.papertape.eventstore.log.PostgresEventLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;

/** An event log with its appender over one database, for a program without Spring. */
public final class FreshLog implements AutoCloseable {
  private static final Duration LEASE_TTL = Duration.ofSeconds(5);

  private final HikariDataSource dataSource;
  private final CanonicalJson json = new CanonicalJson();
  private final PostgresEventLog log;
  private final Appender appender;
  private final GroupCommitFactJournal journal;
  private final PostgresLeases leases;

  public FreshLog(String jdbcUrl, String user, String password) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(jdbcUrl);
    config.setUsername(user);
    config.setPassword(password);
    this.dataSource = new HikariDataSource(config);
    new SchemaMigrations(dataSource).migrate("eventstore");
    HeadSignal signal = new HeadSignal();
    this.log = new PostgresEventLog(dataSource, signal);
    this.appender =
        new Appender(
            dataSource, signal, Clock.systemUTC(), new SimpleMeterRegistry(), AppendLimits.DEFAULT);
    appender.start();
    this.journal =
        new GroupCommitFactJournal(
            appender, json, EventNames.of(EventTypes.all(), EventTypes::logicalName));
    this.leases = new PostgresLeases(dataSource, "play", LEASE_TTL);
  }

  public EventLog log() {
    return log;
  }

  public FactJournal journal() {
    return journal;
  }

  public CanonicalJson json() {
    return json;
  }

  public Leases leases() {
    return leases;
  }

  @Override
  public void close() {
    journal.close();
    appender.close();
    leases.close();
    dataSource.close();
  }
}
