package dev.papertape.eventstore.append;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Logger;
import javax.sql.DataSource;

/** A pool whose connections break where a test wants them to. */
final class FaultyDataSource implements DataSource {
  /** Where the next appending transaction goes wrong. */
  enum Fault {
    NONE,
    /** The connection is lost before anything was sent. */
    BEFORE_BEGIN,
    /** The connection is lost, and what was sent never arrived. */
    BEFORE_COMMIT,
    /** All was committed, but the answer is lost. */
    AFTER_COMMIT,
    /** As {@link #AFTER_COMMIT}, and the database cannot be reached any more. */
    AFTER_COMMIT_AND_AWAY,
    /** As {@link #BEFORE_COMMIT}, every time. */
    ALWAYS_BEFORE_COMMIT,
    /** No connection works and none can be had. */
    AWAY
  }

  private final DataSource target;
  private final AtomicReference<Fault> fault = new AtomicReference<>(Fault.NONE);
  private volatile CountDownLatch struck = new CountDownLatch(1);

  FaultyDataSource(DataSource target) {
    this.target = target;
  }

  void set(Fault next) {
    struck = new CountDownLatch(1);
    fault.set(next);
  }

  /** Waits until the fault that was set has broken a connection. */
  void awaitStruck() throws InterruptedException {
    if (!struck.await(1, TimeUnit.MINUTES)) {
      throw new IllegalStateException(fault.get() + " has broken nothing");
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (fault.get() == Fault.AWAY) {
      throw lost();
    }
    Connection connection = target.getConnection();
    return (Connection)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Connection.class},
            (proxy, method, arguments) -> {
              try {
                Object result = method.invoke(connection, arguments);
                return result instanceof PreparedStatement statement
                    ? faulty(connection, statement, (String) arguments[0])
                    : result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private PreparedStatement faulty(Connection connection, PreparedStatement target, String sql) {
    return (PreparedStatement)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {PreparedStatement.class},
            (proxy, method, arguments) -> {
              boolean executed = method.getName().equals("execute");
              boolean commits = executed && sql.endsWith("COMMIT");
              try {
                if (executed && sql.startsWith(AppendLock.ACQUIRE)) {
                  breakIf(connection, Fault.BEFORE_BEGIN, Fault.NONE);
                  breakIf(connection, Fault.AWAY, Fault.AWAY);
                }
                if (commits) {
                  breakIf(connection, Fault.BEFORE_COMMIT, Fault.NONE);
                  breakIf(connection, Fault.ALWAYS_BEFORE_COMMIT, Fault.ALWAYS_BEFORE_COMMIT);
                }
                Object result = method.invoke(target, arguments);
                if (commits) {
                  breakIf(connection, Fault.AFTER_COMMIT, Fault.NONE);
                  breakIf(connection, Fault.AFTER_COMMIT_AND_AWAY, Fault.AWAY);
                }
                return result;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void breakIf(Connection connection, Fault expected, Fault then) throws SQLException {
    if (fault.compareAndSet(expected, then)) {
      connection.abort(Runnable::run);
      struck.countDown();
      throw lost();
    }
  }

  private static SQLException lost() {
    return new SQLException("the connection is lost", "08006");
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    throw new SQLFeatureNotSupportedException();
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return target.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    target.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    target.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return target.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() throws SQLFeatureNotSupportedException {
    return target.getParentLogger();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return target.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return target.isWrapperFor(type);
  }
}
