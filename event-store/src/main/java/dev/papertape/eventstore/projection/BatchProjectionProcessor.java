package dev.papertape.eventstore.projection;

import dev.papertape.eventstore.jdbc.Transaction;
import dev.papertape.eventstore.lease.Leases;
import dev.papertape.eventstore.log.EventLog;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Runs one {@link Projection}, in whichever process holds lease {@code projection:<name>}. What is
 * asked of it here (reset, retry, waiting for a position) works in every process, through the
 * database.
 *
 * <p>Guarantee: each event is folded into the rows exactly once in effect, in log order within its
 * stream. An event that cannot be folded parks its stream, and nothing else.
 */
public final class BatchProjectionProcessor extends AxonFace {
  /** How often a process that stands by looks at the position while somebody waits for it. */
  private static final long POLL_NANOS = PositionSignal.nanos(10);

  private final Projection projection;
  private final EventLog log;
  private final DataSource dataSource;
  private final Leases leases;
  private final ProjectionSettings settings;
  private final PositionRow positionRow;
  private final DeadLetterRows deadLetters;
  private final PositionSignal signal = new PositionSignal();
  private @Nullable ProjectionWorker worker;
  private @Nullable Thread thread;

  public BatchProjectionProcessor(
      Projection projection,
      EventLog log,
      DataSource dataSource,
      Leases leases,
      ProjectionSettings settings) {
    this.projection = projection;
    this.log = log;
    this.dataSource = dataSource;
    this.leases = leases;
    this.settings = settings;
    this.positionRow = new PositionRow(projection.name());
    this.deadLetters = new DeadLetterRows(projection.name());
  }

  @Override
  public String getName() {
    return projection.name();
  }

  /** Starts the thread, which stands by until it gets the lease. Does nothing if it runs. */
  @Override
  public synchronized void start() {
    if (thread == null) {
      worker = new ProjectionWorker(projection, log, dataSource, leases, settings, signal);
      thread = Thread.ofPlatform().name("projection-" + getName()).daemon(true).start(worker);
    }
  }

  /** Ends the thread after the batch it is at and releases the lease; returns when it is over. */
  @Override
  public void shutDown() {
    Thread ending;
    synchronized (this) {
      ending = thread;
      if (worker != null) {
        worker.stop();
      }
      thread = null;
      worker = null;
    }
    if (ending != null) {
      try {
        ending.join(Duration.ofSeconds(10));
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }

  @Override
  public boolean isError() {
    return state() == ProjectionState.DEGRADED;
  }

  /** What this process does; STANDBY also when it was not started. */
  public synchronized ProjectionState state() {
    return worker == null ? ProjectionState.STANDBY : worker.state();
  }

  /** Reads the database. */
  public ProjectionStatus status() throws SQLException {
    ProjectionState state = state();
    @Nullable Throwable failure = failure();
    long head = log.head();
    try (Connection connection = dataSource.getConnection()) {
      long position = positionRow.read(connection).map(PositionRow.Stand::position).orElse(0L);
      return new ProjectionStatus(
          getName(),
          position,
          Math.max(0, head - position),
          state,
          deadLetters.count(connection),
          failure == null ? null : failure.toString());
    }
  }

  /** Position of the newest event that the rows reflect, wherever the projection runs. */
  @Override
  public long position() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return positionRow.read(connection).map(PositionRow.Stand::position).orElse(0L);
    }
  }

  /**
   * Waits until the rows reflect the event at {@code position}.
   *
   * @return false if the time was over before
   */
  public boolean awaitPosition(long position, Duration timeout)
      throws InterruptedException, SQLException {
    long deadline = System.nanoTime() + timeout.toNanos();
    while (true) {
      long left = deadline - System.nanoTime();
      // Woken at once if it runs here. The position in memory is never ahead of the rows, but it
      // is behind them when another process runs the projection: then the row is asked.
      if (signalled(position, Math.min(left, POLL_NANOS)) || position() >= position) {
        return true;
      }
      if (left <= 0) {
        return false;
      }
    }
  }

  /** At most {@code limit} events that wait unfolded, oldest first. */
  public List<DeadLetter> deadLetters(int limit) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return deadLetters.list(connection, limit);
    }
  }

  /**
   * Asks for a parked stream to be folded again, by the thread of whichever process runs the
   * projection, within a second. It failed again if {@link DeadLetter#attempts} has grown.
   *
   * @return how many events of the stream wait; 0 if it is not parked
   */
  public int retry(String stream) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return deadLetters.requestRetry(connection, stream);
    }
  }

  /**
   * Empties the projection's tables and dead letters and lets it fold the log from the start, in
   * whichever process runs it. Readers see it empty, then growing.
   */
  @Override
  public void resetTokens() {
    long head = log.head();
    try (Connection connection = dataSource.getConnection();
        Transaction transaction = Transaction.begin(connection);
        Statement statement = connection.createStatement()) {
      // The position first: a writer under way is waited for, the next one is displaced.
      positionRow.reset(connection, head);
      for (Table table : projection.tables()) {
        statement.execute("TRUNCATE " + table.name());
      }
      deadLetters.clear(connection);
      transaction.commit();
    } catch (SQLException failure) {
      throw new IllegalStateException("projection '" + getName() + "' was not reset", failure);
    }
  }

  @Override
  protected synchronized @Nullable Throwable failure() {
    return worker == null ? null : worker.failure();
  }

  @Override
  protected boolean replaying() {
    return state() == ProjectionState.REPLAYING;
  }

  private boolean signalled(long position, long nanos) throws InterruptedException {
    ProjectionState state = state();
    boolean here = state == ProjectionState.RUNNING || state == ProjectionState.REPLAYING;
    return signal.await(position, nanos) && here;
  }
}
