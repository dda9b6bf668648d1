package dev.papertape.eventstore.projection;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Breaks one commit: the backend is killed before it, or its answer is lost after it. */
final class KilledBeforeCommit extends DelegatingDataSource {
  private final Breaking breaking;
  private final AtomicBoolean armed;

  private interface Breaking {
    void commit(Connection connection) throws SQLException;
  }

  KilledBeforeCommit(DataSource target, DataSource killer, AtomicBoolean armed) {
    this(
        target,
        connection -> {
          kill(killer, connection.unwrap(PGConnection.class).getBackendPID());
          connection.commit();
        },
        armed);
  }

  private KilledBeforeCommit(DataSource target, Breaking breaking, AtomicBoolean armed) {
    super(target);
    this.breaking = breaking;
    this.armed = armed;
  }

  static KilledBeforeCommit afterCommit(DataSource target, AtomicBoolean armed) {
    return new KilledBeforeCommit(
        target,
        connection -> {
          connection.commit();
          throw new SQLException("the answer was lost", "08006");
        },
        armed);
  }

  @Override
  public Connection getConnection() throws SQLException {
    Connection connection = super.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("commit") && armed.getAndSet(false)) {
                breaking.commit(connection);
                return null;
              }
              try {
                return method.invoke(connection, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  private static void kill(DataSource killer, int backend) throws SQLException {
    try (Connection connection = killer.getConnection();
        PreparedStatement terminate =
            connection.prepareStatement("SELECT pg_terminate_backend(?, 5000)");
        Statement ignored = connection.createStatement()) {
      terminate.setInt(1, backend);
      terminate.execute();
    }
  }
}
