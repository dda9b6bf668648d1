package dev.papertape.query.audit;

import dev.papertape.contracts.features.FeatureEvent;
import dev.papertape.contracts.features.FeatureParity;

/** What happened to features, in a sentence. */
final class FeatureSummary {
  private FeatureSummary() {}

  static String of(FeatureEvent event) {
    return switch (event) {
      case FeatureEvent.FeaturePut put ->
          "Put %s of %s at %s: %s"
              .formatted(put.name(), put.symbol(), put.eventTime(), put.value());
      case FeatureEvent.ParityChecked checked ->
          "Parity of %d features: %s, %d values compared, %d differ or are missing"
              .formatted(
                  checked.features().size(),
                  checked.verdict(),
                  checked.features().stream().mapToLong(FeatureParity::compared).sum(),
                  checked.features().stream().mapToLong(FeatureParity::divergences).sum());
    };
  }
}
