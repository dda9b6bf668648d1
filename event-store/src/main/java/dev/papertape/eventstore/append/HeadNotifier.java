package dev.papertape.eventstore.append;

import dev.papertape.eventstore.log.HeadListener;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other processes that the log has grown: one NOTIFY for all commits since the last, after
 * the commit and on a connection of its own, so that no append waits for it; the first at once,
 * further ones at most every {@value #GAP_MS} ms. A NOTIFY that fails is dropped: the others poll.
 */
final class HeadNotifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HeadNotifier.class);
  private static final long GAP_MS = 5;

  /** A NOTIFY is a transaction; waiting for its flush would take the disk from the appender. */
  private static final String NOTIFY =
      "BEGIN; SET LOCAL synchronous_commit = off; NOTIFY " + HeadListener.CHANNEL + "; COMMIT";

  private final DataSource dataSource;
  private final Semaphore news = new Semaphore(0);
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

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
    closing.countDown();
    news.release();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!isClosed()) {
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
      while (!isClosed()) {
        news.drainPermits();
        statement.execute(NOTIFY);
        awaitGap();
        news.acquireUninterruptibly();
      }
    }
  }

  private void awaitGap() {
    try {
      closing.await(GAP_MS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the notifier", e);
    }
  }

  private boolean isClosed() {
    return closing.getCount() == 0;
  }
}
