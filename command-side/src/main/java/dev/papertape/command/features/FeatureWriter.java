package dev.papertape.command.features;

import dev.papertape.eventstore.features.BookSample;
import dev.papertape.eventstore.features.FeatureStore;
import dev.papertape.eventstore.features.FeatureValue;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what the engine computed, off its thread and in batches. The queue is bounded: a database
 * that is away for long costs values, never the market; each is counted and the next parity run
 * misses it. A batch that fails is tried again until it is written or the process stops.
 */
public final class FeatureWriter implements FeatureSink, AutoCloseable {
  /** Forty minutes of nine books and their features, or twelve hours of their bars at once. */
  private static final int CAPACITY = 131_072;

  private static final int BATCH = 4_096;
  private static final Duration FILL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration SAMPLED_KEPT = Duration.ofDays(7);
  private static final Logger log = LoggerFactory.getLogger(FeatureWriter.class);

  private sealed interface Entry {
    record Value(FeatureValue value) implements Entry {}

    record Sample(BookSample sample) implements Entry {}

    record Mark(CompletableFuture<Optional<Instant>> written) implements Entry {}
  }

  private final FeatureStore store;
  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private final Thread thread;
  private volatile boolean closing;
  private @Nullable Instant newest;
  private @Nullable Instant sampledDroppedAt;
  private boolean failing;

  public FeatureWriter(FeatureStore store) {
    this.store = store;
    this.thread = Thread.ofPlatform().name("feature-writer").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  @Override
  public void value(FeatureValue value) {
    offer(new Entry.Value(value));
  }

  @Override
  public void sample(BookSample sample) {
    offer(new Entry.Sample(sample));
  }

  private void offer(Entry entry) {
    if (!queue.offer(entry) && dropped.getAndIncrement() == 0) {
      log.warn("the database does not keep up: feature values are dropped and counted");
    }
  }

  /** Values and samples that were never written. */
  public long dropped() {
    return dropped.get();
  }

  public long written() {
    return written.get();
  }

  public int waiting() {
    return queue.size();
  }

  /**
   * Waits until what was handed over before this call is written.
   *
   * @return feed time of the newest value ever written by this process, empty without one
   * @throws TimeoutException if it takes longer
   */
  public Optional<Instant> await(Duration longest) throws InterruptedException, TimeoutException {
    Entry.Mark mark = new Entry.Mark(new CompletableFuture<>());
    long deadline = System.nanoTime() + longest.toNanos();
    if (!queue.offer(mark, longest.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new TimeoutException("the queue of feature values is full");
    }
    try {
      return mark.written().get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private void run() {
    List<Entry> batch = new ArrayList<>(BATCH);
    try {
      while (!closing) {
        Entry first = queue.poll(FILL.toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          write(batch);
          batch.clear();
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      writeTheRest(batch);
    }
  }

  private void write(List<Entry> batch) throws InterruptedException {
    while (!put(batch) && !closing) {
      Thread.sleep(RETRY);
    }
  }

  /** True if it is written. */
  private boolean put(List<Entry> batch) {
    List<FeatureValue> values = new ArrayList<>(batch.size());
    List<BookSample> samples = new ArrayList<>();
    for (Entry entry : batch) {
      switch (entry) {
        case Entry.Value(FeatureValue value) -> values.add(value);
        case Entry.Sample(BookSample sample) -> samples.add(sample);
        case Entry.Mark _ -> {}
      }
    }
    try {
      if (!values.isEmpty() || !samples.isEmpty()) {
        store.put(values, samples);
      }
    } catch (SQLException failed) {
      if (!failing) {
        log.warn("feature values cannot be written and will be again: {}", failed.toString());
      }
      failing = true;
      return false;
    }
    failing = false;
    written.addAndGet(values.size() + samples.size());
    values.forEach(value -> passed(value.availableAt()));
    for (Entry entry : batch) {
      if (entry instanceof Entry.Mark mark) {
        mark.written().complete(Optional.ofNullable(newest));
      }
    }
    dropOldSamples();
    return true;
  }

  private void passed(Instant availableAt) {
    if (newest == null || newest.isBefore(availableAt)) {
      newest = availableAt;
    }
  }

  /** Once a day of feed time; what cannot be dropped now is tomorrow. */
  private void dropOldSamples() {
    Instant now = newest;
    if (now == null
        || (sampledDroppedAt != null && now.isBefore(sampledDroppedAt.plus(Duration.ofDays(1))))) {
      return;
    }
    sampledDroppedAt = now;
    try {
      store.dropSampledBefore(now.minus(SAMPLED_KEPT));
    } catch (SQLException failed) {
      log.warn("old feature samples could not be dropped: {}", failed.toString());
    }
  }

  private void writeTheRest(List<Entry> begun) {
    List<Entry> rest = new ArrayList<>(begun);
    queue.drainTo(rest);
    if (!rest.isEmpty() && !put(rest)) {
      dropped.addAndGet(rest.size());
      log.warn("{} feature values were not written before the end", rest.size());
    }
  }

  /** Writes what waits, if the database takes it at once. */
  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
