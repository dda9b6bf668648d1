package dev.papertape.command.features.parity;

import dev.papertape.contracts.features.BuiltInFeatures;
import dev.papertape.contracts.features.FeatureParity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;

/** What parity runs found; every feature is there from the first scrape on. */
public final class ParityMetrics {
  private final MeterRegistry registry;

  public ParityMetrics(MeterRegistry registry) {
    this.registry = registry;
    BuiltInFeatures.all().forEach(each -> mismatches(each.name()));
  }

  void found(List<FeatureParity> features) {
    features.forEach(each -> mismatches(each.name()).increment(each.divergences()));
  }

  private Counter mismatches(String feature) {
    return Counter.builder("feature.parity.mismatches")
        .description(
            "Values that parity runs found to differ or to be missing; a run finds again what is"
                + " still in its range")
        .tags("feature", feature)
        .register(registry);
  }
}
