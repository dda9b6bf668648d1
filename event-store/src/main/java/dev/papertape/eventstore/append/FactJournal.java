package dev.papertape.eventstore.append;

import dev.papertape.eventstore.lease.Epoch;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Appends facts in the order of the calls. A unit of work (one call) is never split over two
 * transactions.
 *
 * <p>The future completes when the facts are durable, or fails with {@link AppendFailure}: queue
 * full, epoch superseded, key claimed before, database away, outcome unknown.
 */
public interface FactJournal {
  /**
   * @param epoch the writer's lease epoch, checked in the append transaction; null for a writer
   *     without a lease
   * @param claim null without an idempotency key
   */
  CompletableFuture<Appended> append(
      List<Fact> facts, @Nullable Epoch epoch, @Nullable IdempotencyClaim claim);

  /** As {@link #append}, but waits for room in the queue instead of failing: back-pressure. */
  CompletableFuture<Appended> appendWaiting(
      List<Fact> facts, @Nullable Epoch epoch, @Nullable IdempotencyClaim claim)
      throws InterruptedException;
}
