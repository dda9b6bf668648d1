package dev.papertape.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings a module's tables up to date. Each module has its own folder of scripts and its own
 * history, so that any process can migrate what it needs, at the same time as others and as often
 * as it likes.
 */
public final class SchemaMigrations {
  /** Serialises migrations of all modules and processes; any number will do. */
  private static final long MIGRATION_LOCK = 0x7061706572746D67L;

  private final DataSource dataSource;

  /**
   * @param dataSource gives at least three connections: one holds the lock, Flyway uses two
   */
  public SchemaMigrations(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Runs the scripts {@code classpath:db/<module>} that have not run yet; history in table {@code
   * schema_history_<module>}.
   *
   * @throws IllegalStateException if the database cannot be reached
   * @throws org.flywaydb.core.api.FlywayException if a script fails or was changed after it ran
   */
  public void migrate(String module) {
    try (Connection connection = dataSource.getConnection()) {
      lock(connection, "SELECT pg_advisory_lock(?)");
      try {
        flyway(module).migrate();
      } finally {
        lock(connection, "SELECT pg_advisory_unlock(?)");
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot migrate " + module + ": " + e.getMessage(), e);
    }
  }

  /** Every module migrates the same schema, so all but the first find it non-empty: baseline 0. */
  private Flyway flyway(String module) {
    return Flyway.configure()
        .dataSource(dataSource)
        .locations("classpath:db/" + module)
        .failOnMissingLocations(true)
        .table("schema_history_" + module)
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load();
  }

  private static void lock(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, MIGRATION_LOCK);
      statement.execute();
    }
  }
}
