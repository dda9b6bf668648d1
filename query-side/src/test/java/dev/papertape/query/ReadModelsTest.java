package dev.papertape.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.eventstore.log.EventLog;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.BadSqlGrammarException;

/** Which failures of the database are told as one that is away. */
class ReadModelsTest {

  /** The pool does not look again at a connection that it lent half a second ago. */
  @Test
  void Bug_7_the_first_read_after_the_database_stopped_finds_it_away() {
    var models =
        new ReadModels(
            new LostWhenUsed().pool(),
            new Moments(
                fake(EventLog.class), (projection, position, timeout) -> true, Clock.systemUTC()),
            Clock.systemUTC());
    assertThatThrownBy(() -> models.read("router", connection -> 1))
        .isInstanceOf(DataAccessResourceFailureException.class)
        .cause()
        .isInstanceOfSatisfying(
            SQLException.class, cause -> assertThat(cause.getSQLState()).isEqualTo("08006"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"08000", "08001", "08006"})
  void Bug_7_a_failure_of_the_connection_is_no_bug(String state) {
    assertThat(DatabaseFailure.of("reading", new SQLException("Connection is closed", state)))
        .isInstanceOf(DataAccessResourceFailureException.class)
        .hasMessage("reading: Connection is closed");
  }

  @Test
  void a_wrong_query_stays_a_bug() {
    assertThat(DatabaseFailure.of("reading", new SQLSyntaxErrorException("no table", "42P01")))
        .isInstanceOf(BadSqlGrammarException.class);
  }

  private static <T> T fake(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
  }

  /** As Hikari's: the first statement fails, and from then on the connection is closed. */
  private static final class LostWhenUsed {
    private final AtomicBoolean closed = new AtomicBoolean();

    DataSource pool() {
      return (DataSource)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {DataSource.class},
              (proxy, method, arguments) -> connection());
    }

    private Connection connection() {
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> answer(method.getName()));
    }

    private Object answer(String method) throws SQLException {
      if (method.equals("close")) {
        return null;
      }
      if (closed.get()) {
        throw new SQLException("Connection is closed");
      }
      if (method.equals("setTransactionIsolation") || method.equals("prepareStatement")) {
        closed.set(true);
        throw new SQLException("an I/O error", "08006");
      }
      return null;
    }
  }
}
