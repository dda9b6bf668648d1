package dev.papertape.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SchemaMigrationsIT {
  private PostgresDatabase database;
  private HikariDataSource pool;

  @BeforeEach
  void openPool() {
    database = TemporaryPostgres.freshDatabase();
    pool = new HikariDataSource();
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(30);
  }

  @AfterEach
  void closePool() {
    pool.close();
  }

  @Test
  void manyProcessesMayMigrateSeveralModulesAtOnceAndAgain() throws SQLException {
    SchemaMigrations migrations = new SchemaMigrations(pool);
    try (ExecutorService processes = Executors.newFixedThreadPool(6)) {
      List<CompletableFuture<Void>> done =
          IntStream.range(0, 6)
              .mapToObj(
                  i ->
                      CompletableFuture.runAsync(
                          () -> migrations.migrate(i % 2 == 0 ? "eventstore" : "migrationtest"),
                          processes))
              .toList();
      done.forEach(CompletableFuture::join);
    }

    assertThat(count("SELECT count(*) FROM migration_test")).as("its script ran once").isEqualTo(1);
    assertThat(count("SELECT count(*) FROM event_log")).isZero();
    assertThat(count("SELECT count(*) FROM schema_history_migrationtest WHERE success"))
        .isPositive();
  }

  @Test
  void aModuleWithoutScriptsIsAMistake() {
    assertThatThrownBy(() -> new SchemaMigrations(pool).migrate("nosuchmodule"))
        .isInstanceOf(FlywayException.class);
  }

  @Test
  void refusesToStartWhereAcknowledgedEventsCouldBeLost() throws SQLException {
    SafetyCheck.requireDurable(pool);
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off',"
              + " current_database()); END $$");
    }
    pool.getHikariPoolMXBean().softEvictConnections();

    assertThatThrownBy(() -> SafetyCheck.requireDurable(pool))
        .isInstanceOf(UnsafeStoreException.class)
        .hasMessage(
            "PostgreSQL runs with synchronous_commit = off: acknowledged events could be lost, so"
                + " Papertape does not start; set it to on.");
  }

  private long count(String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
