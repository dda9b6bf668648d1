package dev.papertape.eventstore.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class TransactionTest {
  private final List<String> calls = new ArrayList<>();
  private boolean lost;

  /** As Hikari's proxy: closed as soon as the connection is lost. */
  private final Connection connection =
      (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (proxy, method, arguments) -> {
                if (lost) {
                  throw new SQLException("Connection is closed");
                }
                calls.add(method.getName() + (arguments == null ? "" : " " + arguments[0]));
                return null;
              });

  @Test
  void what_is_committed_is_not_rolled_back() throws SQLException {
    try (Transaction transaction = Transaction.begin(connection)) {
      transaction.commit();
    }
    assertThat(calls).containsExactly("setAutoCommit false", "commit", "setAutoCommit true");
  }

  @Test
  void what_is_not_committed_is_rolled_back_before_the_connection_is_as_it_came()
      throws SQLException {
    try (Transaction transaction = Transaction.begin(connection)) {
      transaction.snapshot();
    }
    assertThat(calls)
        .containsExactly(
            "setAutoCommit false",
            "setTransactionIsolation " + Connection.TRANSACTION_REPEATABLE_READ,
            "setReadOnly true",
            "rollback",
            "setReadOnly false",
            "setTransactionIsolation " + Connection.TRANSACTION_READ_COMMITTED,
            "setAutoCommit true");
  }

  @Test
  void Bug_7_cleaning_up_does_not_hide_what_happened() {
    SQLException happened = new SQLException("an I/O error", "08006");
    assertThatThrownBy(
            () -> {
              try (Transaction transaction = Transaction.begin(connection)) {
                transaction.readOnly();
                lost = true;
                throw happened;
              }
            })
        .isSameAs(happened)
        .satisfies(
            failure ->
                assertThat(failure.getSuppressed())
                    .singleElement()
                    .asInstanceOf(InstanceOfAssertFactories.type(SQLException.class))
                    .extracting(SQLException::getMessage)
                    .isEqualTo("Connection is closed"));
  }
}
