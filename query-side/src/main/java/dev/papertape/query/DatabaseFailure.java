package dev.papertape.query;

import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;

/** Tells a database that is away (answered with 503) from a wrong query (a bug). */
public final class DatabaseFailure {
  private DatabaseFailure() {}

  public static DataAccessException of(String doing, SQLException failed) {
    DataAccessException translated =
        new SQLExceptionSubclassTranslator().translate(doing, null, failed);
    return translated == null ? new UncategorizedSQLException(doing, null, failed) : translated;
  }
}
