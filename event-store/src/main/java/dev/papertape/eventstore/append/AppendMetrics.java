package dev.papertape.eventstore.append;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** What the appender tells about itself. */
final class AppendMetrics {
  private final DistributionSummary batchEvents;
  private final Timer transaction;
  private final Counter isolated;
  private final Counter unavailable;
  private final Counter lost;

  AppendMetrics(MeterRegistry registry, AppendQueue queue) {
    batchEvents =
        DistributionSummary.builder("eventstore.append.batch.events")
            .description("Events written by one transaction")
            .register(registry);
    transaction =
        Timer.builder("eventstore.append.latency")
            .description("Time of one transaction, from taking the batch to its commit")
            .register(registry);
    isolated =
        Counter.builder("eventstore.append.conflicts")
            .description("Transactions repeated without the units of work that were in conflict")
            .register(registry);
    unavailable =
        Counter.builder("eventstore.append.unavailable")
            .description("Units of work refused since the database was not available")
            .register(registry);
    lost =
        Counter.builder("eventstore.append.lost.connections")
            .description("Connections lost while a transaction was under way")
            .register(registry);
    Gauge.builder("eventstore.append.queue.events", queue, AppendQueue::depth)
        .description("Events waiting to be written")
        .strongReference(true)
        .register(registry);
  }

  void committed(int events, Duration took) {
    batchEvents.record(events);
    transaction.record(took);
  }

  void conflictIsolated() {
    isolated.increment();
  }

  void refusedForUnavailability(int units) {
    unavailable.increment(units);
  }

  void connectionLost() {
    lost.increment();
  }
}
