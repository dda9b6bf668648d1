package dev.papertape.eventstore.projection;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.sql.SQLException;
import java.util.function.ToDoubleFunction;

/**
 * {@code projection_position}, {@code projection_lag} and {@code projection_dead_letters}, each by
 * {@code projection}. They are NaN while the database cannot be asked.
 */
public final class ProjectionMetrics implements MeterBinder {
  private final Projections projections;

  public ProjectionMetrics(Projections projections) {
    this.projections = projections;
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    for (BatchProjectionProcessor processor : projections.all()) {
      gauge(registry, processor, "projection.position", ProjectionStatus::position);
      gauge(registry, processor, "projection.lag", ProjectionStatus::lag);
      gauge(registry, processor, "projection.dead.letters", ProjectionStatus::deadLetters);
    }
  }

  private static void gauge(
      MeterRegistry registry,
      BatchProjectionProcessor processor,
      String name,
      ToDoubleFunction<ProjectionStatus> figure) {
    Gauge.builder(name, processor, p -> value(p, figure))
        .tag("projection", processor.getName())
        .register(registry);
  }

  private static double value(
      BatchProjectionProcessor processor, ToDoubleFunction<ProjectionStatus> figure) {
    try {
      return figure.applyAsDouble(processor.status());
    } catch (SQLException | RuntimeException unknown) {
      return Double.NaN;
    }
  }
}
