package dev.papertape.eventstore.append;

import java.time.Instant;
import java.util.List;

/**
 * What one transaction will write.
 *
 * @param head position of the log's newest event before; rows follow it without a hole
 * @param placed units of work with their positions
 * @param refused units that cannot be written, known without asking the database again
 */
record AppendPlan(
    long head,
    Instant recordedAt,
    List<Row> rows,
    List<Claim> claims,
    List<Placed> placed,
    List<Refused> refused) {

  record Row(PreparedEvent event, long sequence) {}

  record Claim(IdempotencyClaim claim, long position) {}

  record Placed(AppendUnit unit, long first, long last) {}

  record Refused(AppendUnit unit, AppendFailure failure) {}

  /** Position of the newest event once this is committed. */
  long newHead() {
    return head + rows.size();
  }

  /** Whether completing it only wakes one thread. */
  boolean isQuicklyCompleted() {
    return refused.isEmpty() && placed.size() == 1 && placed.getFirst().unit().isAwaited();
  }

  /** Tells everybody how it ended; called once the transaction is durable. */
  void complete() {
    placed.forEach(
        done -> done.unit().done().complete(new Appended(done.first(), done.last(), recordedAt)));
    refused.forEach(refusal -> refusal.unit().fail(refusal.failure()));
  }
}
