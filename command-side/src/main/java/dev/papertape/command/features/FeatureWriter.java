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
 * that is away for long costs values, never the market. A batch that fails is tried again until it
 * is written or the process stops; where the data are at fault, what is refused of it is found and
 * left out. Everything that is never written is counted.
 */
public final class FeatureWriter implements FeatureSink, AutoCloseable {
  /** Forty minutes of nine books and their features, or twelve hours of their bars at once. */
  private static final int CAPACITY = 131_072;

  private static final int BATCH = 4_096;
  private static final Duration FILL = Duration.ofMillis(200);
  private static final Duration RETRY = Duration.ofSeconds(1);
  private static final Duration SAMPLED_KEPT = Duration.ofDays(7);

  /** Classes of SQLState that say that the data are at fault: trying again will not help. */
  private static final List<String> DATA_AT_FAULT = List.of("22", "23");

  private static final Logger log = LoggerFactory.getLogger(FeatureWriter.class);

  private sealed interface Entry {
    record Value(FeatureValue value) implements Entry {}

    record Sample(BookSample sample) implements Entry {}

    record Mark(CompletableFuture<Optional<Instant>> written) implements Entry {}
  }

  /** Where values are put. */
  interface Store {
    /** Puts all of it or, if it throws, nothing. */
    void put(List<FeatureValue> values, List<BookSample> samples) throws SQLException;

    /** Drops sampled values and samples of days before that of {@code oldest}. */
    void dropSampledBefore(Instant oldest) throws SQLException;
  }

  private enum Put {
    WRITTEN,
    /** Trying again may help. */
    FAILED,
    /** The data are at fault. */
    REFUSED
  }

  private final Store store;
  private final BlockingQueue<Entry> queue = new ArrayBlockingQueue<>(CAPACITY);
  private final AtomicLong dropped = new AtomicLong();
  private final DroppedValues droppedValues = new DroppedValues();
  private final AtomicLong written = new AtomicLong();
  private final Thread thread;
  private volatile boolean closing;
  private @Nullable Instant newest;
  private @Nullable Instant sampledDroppedAt;
  private boolean failing;

  public FeatureWriter(FeatureStore store) {
    this(
        new Store() {
          @Override
          public void put(List<FeatureValue> values, List<BookSample> samples) throws SQLException {
            store.put(values, samples);
          }

          @Override
          public void dropSampledBefore(Instant oldest) throws SQLException {
            store.dropSampledBefore(oldest);
          }
        });
  }

  FeatureWriter(Store store) {
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
    if (!queue.offer(entry) && drop(entry) == 1) {
      log.warn("the database does not keep up: feature values are dropped and counted");
    }
  }

  /** How many were dropped by now. */
  private long drop(Entry entry) {
    if (entry instanceof Entry.Value(FeatureValue value)) {
      droppedValues.add(value);
    }
    return dropped.incrementAndGet();
  }

  /** Values and samples that were never written. */
  public long dropped() {
    return dropped.get();
  }

  /** Which of the newest they were. */
  public DroppedValues droppedValues() {
    return droppedValues;
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
          if (write(batch)) {
            batch.clear();
          }
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    } finally {
      writeTheRest(batch);
    }
  }

  /** False when the process stops before it is written. */
  private boolean write(List<Entry> batch) throws InterruptedException {
    while (!isDone(batch)) {
      if (closing) {
        return false;
      }
      Thread.sleep(RETRY);
    }
    return true;
  }

  /** Whether all of it is written or refused for good. */
  private boolean isDone(List<Entry> batch) {
    Put put = put(batch);
    if (put != Put.REFUSED) {
      return put == Put.WRITTEN;
    }
    if (batch.size() == 1) {
      drop(batch.getFirst());
      log.error("the database refuses {}", batch.getFirst());
      batch.clear();
      return true;
    }
    // What a half has done is taken away, so that it is not done again when the other one fails.
    List<Entry> half = batch.subList(0, batch.size() / 2);
    if (!isDone(half)) {
      return false;
    }
    half.clear();
    return isDone(batch);
  }

  private Put put(List<Entry> batch) {
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
      return failed(failed, isAtFault(failed.getSQLState()));
    } catch (RuntimeException failed) {
      // Once may be chance; what fails so again is the data's fault.
      return failed(failed, failing);
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
    return Put.WRITTEN;
  }

  private static boolean isAtFault(@Nullable String sqlState) {
    return sqlState != null && DATA_AT_FAULT.stream().anyMatch(sqlState::startsWith);
  }

  private Put failed(Exception failed, boolean isDataAtFault) {
    if (!failing) {
      log.warn("feature values cannot be written: {}", failed.toString());
    }
    failing = true;
    return isDataAtFault ? Put.REFUSED : Put.FAILED;
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
    } catch (SQLException | RuntimeException failed) {
      log.warn("old feature samples could not be dropped: {}", failed.toString());
    }
  }

  private void writeTheRest(List<Entry> begun) {
    List<Entry> rest = new ArrayList<>(begun);
    queue.drainTo(rest);
    if (!rest.isEmpty() && !isDone(rest)) {
      long left = rest.stream().filter(entry -> !(entry instanceof Entry.Mark)).count();
      dropped.addAndGet(left);
      log.warn("{} feature values were not written before the end", left);
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
