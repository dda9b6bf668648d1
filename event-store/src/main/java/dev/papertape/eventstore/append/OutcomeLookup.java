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
  private static final Duration PAUSE = Duration.ofMillis(50);

  private final DataSource dataSource;
  private final Duration patience;

  OutcomeLookup(DataSource dataSource, Duration patience) {
    this.dataSource = dataSource;
    this.patience = patience;
  }

  /**
   * @throws AppendFailure.OutcomeUnknown if the database could not be asked
   */
  boolean isCommitted(AppendPlan plan, SQLException lost) {
    long deadline = System.nanoTime() + patience.toNanos();
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
