package dev.papertape.benchmarks.eventstore;

import dev.papertape.benchmarks.eventstore.counter.CreateCounter;
import dev.papertape.benchmarks.eventstore.counter.Increment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ThreadFactory;
import org.HdrHistogram.Histogram;
import org.axonframework.commandhandling.gateway.CommandGateway;

/**
 * Callers that each send one command after another to four counters of their own, and wait for
 * each.
 */
final class CommandLoad {
  private static final int COUNTERS_PER_CALLER = 4;

  /** Makes the stored event about 300 B, as the measurements of the stock engine had it. */
  static final String NOTE = "n".repeat(200);

  private final CounterSystem system;
  private int rounds;

  CommandLoad(CounterSystem system) {
    this.system = system;
  }

  /**
   * What one round came to.
   *
   * @param perSecond commands that were answered, a second
   * @param p50Ms median time of a command
   * @param p99Ms 99th percentile
   */
  record Figures(double perSecond, double p50Ms, double p99Ms) {}

  /** One round; creating the counters is part of it. */
  Figures run(int callers, Duration duration) throws InterruptedException, ExecutionException {
    rounds++;
    long start = System.nanoTime();
    long end = start + duration.toNanos();
    ThreadFactory threads = system.callers(callers);
    List<FutureTask<Histogram>> tasks = new ArrayList<>();
    for (int caller = 0; caller < callers; caller++) {
      String prefix = callers + "-" + rounds + "-" + caller + "-";
      Callable<Histogram> work = () -> call(prefix, end);
      FutureTask<Histogram> task = new FutureTask<>(work);
      tasks.add(task);
      threads.newThread(task).start();
    }
    Histogram latencies = new Histogram(3);
    for (FutureTask<Histogram> task : tasks) {
      latencies.add(task.get());
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Figures(
        latencies.getTotalCount() / seconds,
        latencies.getValueAtPercentile(50) / 1e6,
        latencies.getValueAtPercentile(99) / 1e6);
  }

  private Histogram call(String prefix, long end) {
    CommandGateway commands = system.commands();
    Histogram latencies = new Histogram(3);
    int created = 0;
    long sent = System.nanoTime();
    for (int i = 0; sent < end; i++) {
      String counter = prefix + i % COUNTERS_PER_CALLER;
      if (created < COUNTERS_PER_CALLER) {
        commands.sendAndWait(new CreateCounter(counter, NOTE));
        created++;
      } else {
        commands.sendAndWait(new Increment(counter, 1, NOTE));
      }
      long answered = System.nanoTime();
      latencies.recordValue(answered - sent);
      sent = answered;
    }
    return latencies;
  }
}
