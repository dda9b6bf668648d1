package dev.papertape.eventstore.append;

import dev.papertape.eventstore.log.HeadListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Semaphore;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other processes that the log has grown: one NOTIFY for all commits since the last, after
 * the commit and on a connection of its own, so that no append waits for it. A NOTIFY that fails is
 * dropped: the others poll.
 */
final class HeadNotifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadNotifier.class);

  private final DataSource dataSource;
  private final Semaphore news = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closed;

  HeadNotifier(DataSource dataSource) {
    this.dataSource = dataSource;
    this.thread = Thread.ofPlatform().name("event-log-notifier").daemon().unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /** The log has grown; returns at once. */
  void appended() {
    news.release();
  }

  @Override
  public void close() {
    closed = true;
    news.release();
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      news.acquireUninterruptibly();
      try (Connection connection = dataSource.getConnection()) {
        notifyWhileConnected(connection);
      } catch (SQLException e) {
        LOG.debug("a NOTIFY was lost: {}", e.getMessage());
      }
    }
  }

  private void notifyWhileConnected(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      while (!closed) {
        news.drainPermits();
        statement.execute("NOTIFY " + HeadListener.CHANNEL);
        news.acquireUninterruptibly();
      }
    }
  }
}
