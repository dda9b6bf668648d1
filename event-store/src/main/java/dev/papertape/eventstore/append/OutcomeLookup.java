package dev.papertape.eventstore.append;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;

/**
 * Finds out whether a transaction whose COMMIT got no answer was committed. It is asked under the
 * append lock, which the lost transaction held: who has the lock knows that it has ended, and that
 * it cannot commit any more.
 */
final class OutcomeLookup {
  /** Longer than a server lets a hanging transaction keep the lock, see {@link LogSession}. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final DataSource dataSource;

  OutcomeLookup(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * @throws AppendFailure.OutcomeUnknown if the database could not be asked
   */
  boolean isCommitted(AppendPlan plan, SQLException lost) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try (LogSession session = LogSession.open(dataSource)) {
        session.begin(List.of(), List.of());
        return session.stands(plan);
      } catch (SQLException e) {
        if (System.nanoTime() >= deadline) {
          lost.addSuppressed(e);
          throw new AppendFailure.OutcomeUnknown(lost);
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
