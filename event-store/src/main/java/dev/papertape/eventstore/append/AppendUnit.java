package dev.papertape.eventstore.append;

import dev.papertape.eventstore.lease.Epoch;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** A unit of work on its way to the log: all of it in one transaction, or none. */
final class AppendUnit {
  private final int size;
  private final FutureTask<List<PreparedEvent>> preparation;
  private final boolean awaited;
  private final @Nullable Epoch epoch;
  private final @Nullable IdempotencyClaim claim;
  private final CompletableFuture<Appended> done = new CompletableFuture<>();

  /**
   * @param awaited a thread does nothing but wait for it: waking that thread is all that completing
   *     it does
   */
  AppendUnit(
      int size,
      Callable<List<PreparedEvent>> preparation,
      boolean awaited,
      @Nullable Epoch epoch,
      @Nullable IdempotencyClaim claim) {
    if (claim != null) {
      PreparedEvent.requireName("key", claim.key());
      PreparedEvent.requireName("body hash", claim.bodyHash());
      PreparedEvent.requireName("subject", claim.subject());
    }
    this.size = size;
    this.preparation = new FutureTask<>(preparation);
    this.awaited = awaited;
    this.epoch = epoch;
    this.claim = claim;
  }

  /** Number of events, known before they are prepared. */
  int size() {
    return size;
  }

  boolean isAwaited() {
    return awaited;
  }

  @Nullable Epoch epoch() {
    return epoch;
  }

  @Nullable IdempotencyClaim claim() {
    return claim;
  }

  CompletableFuture<Appended> done() {
    return done;
  }

  /** Serialises and hashes; does nothing if another thread does it or has done it. */
  void prepare() {
    preparation.run();
  }

  /**
   * The prepared events: prepares them on this thread if nobody has begun.
   *
   * @throws RuntimeException what the preparation threw
   */
  List<PreparedEvent> events() {
    preparation.run();
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return preparation.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof RuntimeException cause) {
            throw cause;
          }
          throw new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  void fail(Throwable cause) {
    done.completeExceptionally(cause);
  }
}
