package dev.papertape.eventstore.embedded;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** How to reach one database of a server. */
public record PostgresDatabase(String jdbcUrl, String user, String password) {

  /** A plain connection outside any pool, for set-up and checks. */
  public Connection connect() throws SQLException {
    return DriverManager.getConnection(jdbcUrl, user, password);
  }

  /** Hides the password, so that a logged record is harmless. */
  @Override
  public String toString() {
    return "PostgresDatabase[" + jdbcUrl + ", user=" + user + "]";
  }
}
