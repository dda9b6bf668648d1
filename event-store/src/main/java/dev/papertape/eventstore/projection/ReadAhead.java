package dev.papertape.eventstore.projection;

import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log in batches, and while a batch is folded and written already the next, as long as
 * there is a full one. Replaying then costs the longer of reading and writing, not both. Used by
 * one thread; holds two batches in memory at most.
 */
final class ReadAhead {
  private final EventLog log;
  private final int batchSize;
  private long aheadOf;
  private @Nullable FutureTask<List<LoggedEvent>> ahead;

  ReadAhead(EventLog log, int batchSize) {
    this.log = log;
    this.batchSize = batchSize;
  }

  /** The events after {@code position}, one batch at most; asked for in order or not. */
  List<LoggedEvent> after(long position) {
    FutureTask<List<LoggedEvent>> read = ahead;
    ahead = null;
    List<LoggedEvent> batch =
        read != null && aheadOf == position ? result(read) : log.after(position, batchSize);
    if (batch.size() == batchSize) {
      long last = batch.getLast().position();
      FutureTask<List<LoggedEvent>> next = new FutureTask<>(() -> log.after(last, batchSize));
      Thread.ofVirtual().name("projection-read-ahead").start(next);
      aheadOf = last;
      ahead = next;
    }
    return batch;
  }

  private static List<LoggedEvent> result(FutureTask<List<LoggedEvent>> read) {
    try {
      return read.get();
    } catch (ExecutionException failure) {
      if (failure.getCause() instanceof RuntimeException thrown) {
        throw thrown;
      }
      throw new IllegalStateException(failure.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading the log", interrupted);
    }
  }
}
