package dev.papertape.eventstore.projection;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code projection_position}, {@code projection_lag} and {@code projection_dead_letters}, each by
 * {@code projection}. A thread reads them every two seconds, and a gauge shows what was read last:
 * a scrape never waits for the database. They are NaN before the first reading, while the database
 * cannot be asked, and once it has not answered for ten seconds.
 */
public final class ProjectionMetrics implements MeterBinder, AutoCloseable {
  static final Duration PERIOD = Duration.ofSeconds(2);
  static final Duration LONGEST_AGE = Duration.ofSeconds(10);

  private final Projections projections;
  private final LongSupplier nanoTime;
  private @Nullable ScheduledExecutorService reader;
  private volatile Reading latest;

  private record Reading(Map<String, ProjectionStatus> byName, long atNanos) {}

  public ProjectionMetrics(Projections projections) {
    this(projections, System::nanoTime);
  }

  ProjectionMetrics(Projections projections, LongSupplier nanoTime) {
    this.projections = projections;
    this.nanoTime = nanoTime;
    this.latest = new Reading(Map.of(), nanoTime.getAsLong());
  }

  /** Starts the reading, too: without a registry nobody looks. */
  @Override
  public void bindTo(MeterRegistry registry) {
    start();
    for (BatchProjectionProcessor processor : projections.all()) {
      gauge(registry, processor.getName(), "projection.position", ProjectionStatus::position);
      gauge(registry, processor.getName(), "projection.lag", ProjectionStatus::lag);
      gauge(
          registry, processor.getName(), "projection.dead.letters", ProjectionStatus::deadLetters);
    }
  }

  /** Ends the reading; one that is under way goes on until the pool is closed. */
  @Override
  public synchronized void close() {
    if (reader != null) {
      reader.shutdownNow();
    }
  }

  private synchronized void start() {
    if (reader == null) {
      reader =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().name("projection-metrics").daemon(true).factory());
      reader.scheduleWithFixedDelay(this::read, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void read() {
    try {
      Map<String, ProjectionStatus> byName =
          projections.status().stream()
              .collect(Collectors.toMap(ProjectionStatus::name, Function.identity()));
      latest = new Reading(byName, nanoTime.getAsLong());
    } catch (SQLException | RuntimeException unknown) {
      latest = new Reading(Map.of(), nanoTime.getAsLong());
    }
  }

  private void gauge(
      MeterRegistry registry,
      String projection,
      String name,
      ToDoubleFunction<ProjectionStatus> figure) {
    Gauge.builder(name, this, metrics -> metrics.value(projection, figure))
        .tag("projection", projection)
        .register(registry);
  }

  private double value(String projection, ToDoubleFunction<ProjectionStatus> figure) {
    Reading reading = latest;
    ProjectionStatus status = reading.byName().get(projection);
    boolean old = nanoTime.getAsLong() - reading.atNanos() > LONGEST_AGE.toNanos();
    return status == null || old ? Double.NaN : figure.applyAsDouble(status);
  }
}
