package dev.papertape.query;

import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/** Tells a database that is away (answered with 503) from a wrong query (a bug). */
public final class DatabaseFailure {
  private DatabaseFailure() {}

  /**
   * The server names every refusal by an SQLState: a failure without one did not come from it, but
   * from a driver or a pool that has no connection to it.
   */
  public static DataAccessException of(String doing, SQLException failed) {
    String state = failed.getSQLState();
    if (state == null || state.startsWith("08")) {
      return new DataAccessResourceFailureException(doing + ": " + failed.getMessage(), failed);
    }
    DataAccessException translated =
        new SQLExceptionSubclassTranslator().translate(doing, null, failed);
    return translated == null ? new UncategorizedSQLException(doing, null, failed) : translated;
  }
}
