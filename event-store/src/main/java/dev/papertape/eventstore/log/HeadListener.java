package dev.papertape.eventstore.log;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns what other processes append: one thread that waits for NOTIFY and looks at the head when
 * one came, or after {@link #POLL} without one. A lost NOTIFY or connection costs latency, never an
 * event.
 */
public final class HeadListener implements AutoCloseable {
  /** Name of the NOTIFY channel. */
  public static final String CHANNEL = "event_log";

  /** Longest time in which an append of another process stays unseen. */
  static final Duration POLL = Duration.ofMillis(250);

  private static final Logger LOG = LoggerFactory.getLogger(HeadListener.class);

  private final DataSource dataSource;
  private final HeadSignal signal;
  private final Thread thread;
  private volatile boolean closed;

  public HeadListener(DataSource dataSource, HeadSignal signal) {
    this.dataSource = dataSource;
    this.signal = signal;
    this.thread = Thread.ofPlatform().name("event-log-listener").daemon().unstarted(this::run);
  }

  /** Starts listening; call once. */
  public void start() {
    thread.start();
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean connected = true;
    while (!closed) {
      try (Connection connection = dataSource.getConnection()) {
        if (!connected) {
          LOG.info("listening to the event log again");
        }
        connected = true;
        listen(connection);
      } catch (SQLException | RuntimeException e) {
        if (connected && !closed) {
          LOG.warn("lost the event log's listening connection: {}", e.getMessage());
        }
        connected = false;
        pause();
      }
    }
  }

  private void listen(Connection connection) throws SQLException {
    PGConnection postgres = connection.unwrap(PGConnection.class);
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN " + CHANNEL);
      try {
        while (!closed) {
          signal.advance(head(statement));
          postgres.getNotifications((int) POLL.toMillis());
        }
      } finally {
        if (!connection.isClosed()) {
          statement.execute("UNLISTEN *");
        }
      }
    }
  }

  private static long head(Statement statement) throws SQLException {
    try (ResultSet rows =
        statement.executeQuery("SELECT coalesce(max(position), 0) FROM event_log")) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private void pause() {
    try {
      Thread.sleep(POLL);
    } catch (InterruptedException e) {
      // close() interrupts; the loop sees the flag.
    }
  }
}
