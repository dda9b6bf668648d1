package dev.papertape.eventstore.embedded;

import static dev.papertape.eventstore.embedded.EmbeddedPostgresException.Reason.START_FAILED;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;

/** What a running server is asked and told as a whole, through the database it always has. */
record Administration(PostgresDatabase maintenance) {

  Connection connect() throws SQLException {
    return maintenance.connect();
  }

  /** Believes the server, not its command line. */
  void requireDurable() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (Map.Entry<String, String> setting : ServerProcess.durability().entrySet()) {
        try (ResultSet shown = statement.executeQuery("SHOW " + setting.getKey())) {
          shown.next();
          if (!shown.getString(1).equals(setting.getValue())) {
            throw new EmbeddedPostgresException(
                START_FAILED,
                "PostgreSQL runs with %s=%s and would lose acknowledged events."
                    .formatted(setting.getKey(), shown.getString(1)));
          }
        }
      }
    } catch (SQLException e) {
      throw brokeOff(e);
    }
  }

  void createIfMissing(String database) {
    if (!exists(database)) {
      create(database);
    }
  }

  private boolean exists(String database) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery(
                "SELECT 1 FROM pg_database WHERE datname = '" + plain(database) + "'")) {
      return found.next();
    } catch (SQLException e) {
      throw brokeOff(e);
    }
  }

  void create(String database) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + plain(database));
    } catch (SQLException e) {
      throw new IllegalStateException("database " + database + " could not be created", e);
    }
  }

  /** A name that needs no quotes; CREATE DATABASE takes no parameter. */
  private static String plain(String name) {
    if (!name.matches("[a-z][a-z0-9_]{0,62}")) {
      throw new IllegalArgumentException("not a plain database name: " + name);
    }
    return name;
  }

  private static EmbeddedPostgresException brokeOff(SQLException e) {
    return new EmbeddedPostgresException(
        START_FAILED, "PostgreSQL broke off after its start: " + e.getMessage() + ".", e);
  }
}
