package dev.papertape.benchmarks.eventstore;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.eventstore.SchemaMigrations;
import dev.papertape.eventstore.embedded.EmbeddedPostgres;
import dev.papertape.eventstore.embedded.EmbeddedPostgresConfig;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** A durable PostgreSQL with the settings of a real run, for the time of one scenario. */
final class BenchDatabase implements AutoCloseable {
  private static final int POOL = 64;

  private final Path folder;
  private final EmbeddedPostgres server;
  private int databases;

  BenchDatabase() throws IOException {
    folder = Files.createTempDirectory("papertape-bench");
    server = EmbeddedPostgres.start(EmbeddedPostgresConfig.in(folder));
    // A run that is broken off must not leave its server behind.
    Runtime.getRuntime().addShutdownHook(new Thread(this::stopAtExit));
  }

  /** A pool of 64 on a fresh database, which has our tables too. */
  HikariDataSource fresh() {
    PostgresDatabase database = server.createDatabase("bench_" + databases++);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.jdbcUrl());
    config.setUsername(database.user());
    config.setPassword(database.password());
    config.addDataSourceProperty("reWriteBatchedInserts", "true");
    config.setMaximumPoolSize(POOL);
    HikariDataSource pool = new HikariDataSource(config);
    new SchemaMigrations(pool).migrate("eventstore");
    return pool;
  }

  private void stopAtExit() {
    try {
      close();
    } catch (IOException left) {
      System.err.println("left behind: " + folder);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    FileSystemUtils.deleteRecursively(folder);
  }
}
