package dev.papertape.command.chaos;

import dev.papertape.contracts.chaos.ChaosType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** {@code chaos_injections_total{type}}, of all four types from the first scrape. */
final class ChaosMetrics {
  private final Map<ChaosType, Counter> injections = new EnumMap<>(ChaosType.class);

  ChaosMetrics(MeterRegistry registry) {
    for (ChaosType type : ChaosType.values()) {
      injections.put(
          type,
          Counter.builder("chaos.injections")
              .description("Faults that were switched on")
              .tag("type", type.wireName())
              .register(registry));
    }
  }

  void applied(ChaosType type) {
    Objects.requireNonNull(injections.get(type)).increment();
  }
}
