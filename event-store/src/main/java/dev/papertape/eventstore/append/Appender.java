package dev.papertape.eventstore.append;

import dev.papertape.eventstore.lease.Epoch;
import dev.papertape.eventstore.log.HeadSignal;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place of a process that writes the log. Whatever waits is written as one transaction;
 * while that is under way the next batch gathers. A thread of its own writes, or, if nothing else
 * is being written, the caller that waits for its unit anyway: that saves two changes of thread.
 */
public final class Appender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Appender.class);

  private final AppendQueue queue;
  private final BatchWriter writer;
  private final HeadNotifier notifier;
  private final HeadSignal signal;
  private final AppendMetrics metrics;
  private final int maxBatchEvents;
  private final Thread thread;

  /** Held while a batch is written; guards the writer and the broken epochs. */
  private final ReentrantLock writing = new ReentrantLock();

  /** Epochs of which a unit of work failed; what is in the log of an epoch is a prefix. */
  private final Set<Epoch> broken = new HashSet<>();

  /** Waking callers costs more than planning the next batch, and their code must not run here. */
  private final ExecutorService completions;

  /**
   * @param signal moved at each commit
   * @param clock recorded time
   */
  public Appender(
      DataSource dataSource,
      HeadSignal signal,
      Clock clock,
      MeterRegistry registry,
      AppendLimits limits) {
    this.queue = new AppendQueue(limits.queueEvents());
    this.metrics = new AppendMetrics(registry, queue);
    this.writer =
        new BatchWriter(
            dataSource, new OutcomeLookup(dataSource, limits.outcomePatience()), clock, metrics);
    this.notifier = new HeadNotifier(dataSource);
    this.signal = signal;
    this.maxBatchEvents = limits.batchEvents();
    this.completions =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("event-log-completions").daemon().factory());
    this.thread = Thread.ofPlatform().name("event-log-appender").daemon().unstarted(this::run);
  }

  /** Starts appending; call once. */
  public void start() {
    thread.start();
    notifier.start();
  }

  /**
   * Queues a unit of work.
   *
   * @throws AppendFailure.QueueFull if there is no room
   */
  void submit(AppendUnit unit) {
    queue.add(unit);
  }

  /**
   * Queues a unit of work for which this thread will wait, or writes it at once.
   *
   * @throws AppendFailure.QueueFull if there is no room
   */
  void submitAwaited(AppendUnit unit) {
    // An interrupt closes the socket on which a virtual thread waits, and takes a pooled connection
    // from one that waits for it.
    Thread caller = Thread.currentThread();
    if (caller.isVirtual() || caller.isInterrupted() || !writing.tryLock()) {
      queue.add(unit);
      return;
    }
    try {
      write(queue.addAndPoll(unit, maxBatchEvents));
    } finally {
      writing.unlock();
    }
    queue.wakeIfNotEmpty();
  }

  /** Queues a unit of work as soon as there is room. */
  void submitWaiting(AppendUnit unit) throws InterruptedException {
    queue.addWaiting(unit);
  }

  /** Refuses further units, writes what waits, and stops. */
  @Override
  public void close() {
    queue.close();
    boolean interrupted = false;
    try {
      thread.join();
      completions.shutdown();
      completions.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    notifier.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (queue.awaitUnits()) {
      writing.lock();
      try {
        // Taken with the lock held: what came while another thread wrote is in this batch.
        write(queue.poll(maxBatchEvents));
      } finally {
        writing.unlock();
      }
    }
    writing.lock();
    try {
      writer.close();
    } finally {
      writing.unlock();
    }
  }

  private void write(List<AppendUnit> units) {
    List<AppendUnit> prepared = prepared(units);
    if (prepared.isEmpty()) {
      return;
    }
    try {
      AppendPlan plan = writer.write(prepared);
      plan.refused().forEach(refusal -> breakEpochOf(refusal.unit()));
      signal.advance(plan.newHead());
      if (!plan.rows().isEmpty()) {
        notifier.appended();
      }
      if (plan.isQuicklyCompleted()) {
        plan.complete();
      } else {
        completions.execute(plan::complete);
      }
    } catch (SQLException e) {
      LOG.warn("the event log's database is not available: {}", e.getMessage());
      unavailable(prepared, e);
    } catch (AppendFailure.OutcomeUnknown e) {
      LOG.warn("{}, and the database is not available", e.getMessage());
      unavailable(List.of(), e);
      fail(prepared, e);
    } catch (RuntimeException | Error e) {
      // Whatever it is: the thread goes on, or nobody would ever get an answer again.
      LOG.error("a batch could not be written", e);
      fail(prepared, e);
    }
  }

  /** Who waits now would only wait for the same answer. */
  private void unavailable(List<AppendUnit> taken, Exception cause) {
    List<AppendUnit> waiting = new ArrayList<>(taken);
    waiting.addAll(queue.takeAll());
    metrics.refusedForUnavailability(waiting.size());
    fail(waiting, new AppendFailure.DatabaseUnavailable(cause));
  }

  private List<AppendUnit> prepared(List<AppendUnit> units) {
    List<AppendUnit> prepared = new ArrayList<>(units.size());
    for (AppendUnit unit : units) {
      Epoch epoch = unit.epoch();
      if (epoch != null && broken.contains(epoch)) {
        fail(List.of(unit), AppendFailure.EpochSuperseded.broken(epoch));
        continue;
      }
      try {
        unit.events();
        prepared.add(unit);
      } catch (RuntimeException | Error e) {
        fail(List.of(unit), e);
      }
    }
    return prepared;
  }

  private void breakEpochOf(AppendUnit unit) {
    Epoch epoch = unit.epoch();
    if (epoch != null) {
      broken.add(epoch);
    }
  }

  private void fail(List<AppendUnit> units, Throwable cause) {
    units.forEach(this::breakEpochOf);
    completions.execute(() -> units.forEach(unit -> unit.fail(cause)));
  }
}
