package dev.papertape.command.promotion;

import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.features.FeatureEvent.ParityChecked;
import dev.papertape.contracts.features.FeatureParity;
import dev.papertape.contracts.promotion.GateInputs;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts together what the gates of one alpha look at. */
final class GateObservation {
  private GateObservation() {}

  /**
   * @param parity the newest run, null before the first
   */
  static GateInputs of(
      AlphaSpec alpha,
      EngineFacts facts,
      EngineFacts.Newest newest,
      @Nullable ParityChecked parity,
      Trials trials) {
    List<FeatureParity> read = parity == null ? List.of() : read(alpha, parity);
    EngineFacts.Quality quality = facts.quality(alpha);
    EngineFacts.Guards guards = facts.guards(alpha);
    return new GateInputs(
        newest.position(),
        newest.feedTime(),
        facts.record(alpha.alphaId()),
        trials.count(),
        trials.variance(),
        parity == null ? null : read.stream().mapToLong(FeatureParity::compared).sum(),
        parity == null ? null : read.stream().mapToLong(FeatureParity::divergences).sum(),
        quality.received(),
        quality.verified(),
        guards.watched(),
        guards.tripped());
  }

  /** Those that the alpha reads; one that reads mids only rests on all of what the engine puts. */
  private static List<FeatureParity> read(AlphaSpec alpha, ParityChecked parity) {
    return alpha.features().isEmpty()
        ? parity.features()
        : parity.features().stream()
            .filter(feature -> alpha.features().contains(feature.name()))
            .toList();
  }
}
