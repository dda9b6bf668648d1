package dev.papertape.eventstore.append;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Writes a batch as one transaction and knows how it ended, whatever happens on the way. Used by
 * one thread at a time.
 *
 * <p>While no other process appends, the log's end is known without looking: then the plan is made
 * first, and lock, insert and commit are one round trip. Another process's position in the way is a
 * unique violation like any other.
 *
 * <pre>
 *   plan ── lock+insert+commit ─┐
 *   begin ── plan ── insert+commit ── committed
 *     ▲                  ├─ unique violation: roll back, once more without what stands already
 *     │                  ├─ refused: roll back, everybody fails
 *     └── not committed ─┴─ connection lost: ask under the lock whether it stands
 * </pre>
 */
final class BatchWriter {
  private static final int ATTEMPTS = 3;

  private final DataSource dataSource;
  private final OutcomeLookup lookup;
  private final Clock clock;
  private final AppendMetrics metrics;
  private final StreamHeads heads = new StreamHeads();
  private @Nullable LogSession session;

  BatchWriter(DataSource dataSource, OutcomeLookup lookup, Clock clock, AppendMetrics metrics) {
    this.dataSource = dataSource;
    this.lookup = lookup;
    this.clock = clock;
    this.metrics = metrics;
  }

  /**
   * Returns when the plan is durable (or had no rows).
   *
   * @throws SQLException if nothing was written: the database is away or refuses
   * @throws AppendFailure.OutcomeUnknown if it is not known whether the batch was written
   */
  AppendPlan write(List<AppendUnit> units) throws SQLException {
    long started = System.nanoTime();
    Batch batch = new Batch(units);
    for (int attempt = 1; ; attempt++) {
      try {
        AppendPlan plan = attempt(batch);
        heads.validAt(plan.newHead(), plan.recordedAt());
        metrics.committed(plan.rows().size(), Duration.ofNanos(System.nanoTime() - started));
        return plan;
      } catch (SQLException e) {
        AppendPlan sent = batch.sent();
        heads.clear();
        if (recover(batch, sent, e)) {
          return Objects.requireNonNull(sent);
        }
        if (attempt == ATTEMPTS) {
          throw e;
        }
      } catch (RuntimeException | Error e) {
        heads.clear();
        close();
        if (batch.sent() != null) {
          throw new AppendFailure.OutcomeUnknown(e);
        }
        throw e;
      }
    }
  }

  void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }

  private AppendPlan attempt(Batch batch) throws SQLException {
    batch.sent(null);
    LogSession open = session();
    if (heads.isUndisturbed() && !batch.isIsolating()) {
      AppendPlan unseen = writeUnseen(open, batch);
      if (unseen != null) {
        return unseen;
      }
      batch.sent(null);
      heads.clear();
    }
    AppendPlan plan = plan(open, batch);
    if (plan.rows().isEmpty()) {
      open.rollback();
      return plan;
    }
    batch.sent(plan);
    open.insertAndCommit(plan);
    return plan;
  }

  /**
   * Writes in one round trip what can be planned without looking.
   *
   * @return null if nothing was written since looking is needed
   */
  private @Nullable AppendPlan writeUnseen(LogSession open, Batch batch) throws SQLException {
    Map<String, Long> epochs = batch.claimedEpochs().orElse(null);
    if (epochs == null) {
      return null;
    }
    for (String stream : batch.factStreams()) {
      if (heads.get(stream) == null) {
        // Most likely a new one; if not, its first place is taken.
        heads.put(stream, new StreamHeads.Head(-1));
      }
    }
    AppendPlan plan = batch.plan(heads.remembered(epochs), heads, clock.instant());
    if (!plan.refused().isEmpty() || plan.rows().isEmpty()) {
      return null;
    }
    batch.sent(plan);
    return open.lockInsertAndCommit(plan, epochs) ? plan : null;
  }

  private AppendPlan plan(LogSession open, Batch batch) throws SQLException {
    Set<String> streams = batch.factStreams();
    List<String> unread = streams.stream().filter(name -> heads.get(name) == null).toList();
    LogSession.Opened opened = open.begin(batch.leases(), unread);
    if (heads.keepIfValidAt(opened.head())) {
      unread.forEach(name -> heads.put(name, known(opened, name)));
    } else {
      // Another process has appended: what was remembered may be old.
      List<String> rest = streams.stream().filter(name -> !unread.contains(name)).toList();
      LogSession.Opened all = rest.isEmpty() ? opened : opened.with(open.heads(rest));
      streams.forEach(name -> heads.put(name, known(all, name)));
    }
    if (batch.isIsolating()) {
      batch.isolate(open);
    }
    return batch.plan(opened, heads, clock.instant());
  }

  private static StreamHeads.Head known(LogSession.Opened opened, String stream) {
    StreamHeads.Head head = opened.streams().get(stream);
    return head == null ? new StreamHeads.Head(-1) : head;
  }

  /**
   * Makes ready for another attempt.
   *
   * @return true if the plan that was sent turned out to be committed
   */
  private boolean recover(Batch batch, @Nullable AppendPlan sent, SQLException e)
      throws SQLException {
    SqlOutcome outcome = rolledBack(SqlOutcome.of(e));
    switch (outcome) {
      case UNIQUE_VIOLATION -> {
        if (batch.isIsolating()) {
          throw e;
        }
        metrics.conflictIsolated();
        batch.beginIsolating();
        return false;
      }
      case REFUSED -> throw e;
      case CONNECTION_LOST -> {
        boolean connected = session != null;
        close();
        if (!connected) {
          // The pool has waited for a connection already.
          throw e;
        }
        metrics.connectionLost();
        return sent != null && lookup.isCommitted(sent, e);
      }
    }
    throw new AssertionError(outcome);
  }

  /** An error that leaves no working connection behind is as good as a lost connection. */
  private SqlOutcome rolledBack(SqlOutcome outcome) {
    if (outcome == SqlOutcome.CONNECTION_LOST || session == null) {
      return SqlOutcome.CONNECTION_LOST;
    }
    try {
      session.rollback();
      return outcome;
    } catch (SQLException e) {
      return SqlOutcome.CONNECTION_LOST;
    }
  }

  private LogSession session() throws SQLException {
    if (session == null) {
      session = LogSession.open(dataSource);
    }
    return session;
  }
}
