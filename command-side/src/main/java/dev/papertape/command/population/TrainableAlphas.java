package dev.papertape.command.population;

import dev.papertape.command.alpha.Alpha;
import dev.papertape.command.alpha.AlphaCatalogue;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.population.Member;
import dev.papertape.contracts.population.PopulationSpec;
import dev.papertape.contracts.population.TrainedParameter;
import java.util.List;
import java.util.SortedMap;

/**
 * The alphas that can be trained: the built-in kinds. Those of others' code may hang, and members
 * are asked on the engine's own thread; those from outside have no parameters here.
 */
final class TrainableAlphas {
  private TrainableAlphas() {}

  /** Everything of the kind that can be trained; empty when it cannot be. */
  static List<TrainedParameter> space(AlphaKind kind) {
    return AlphaCatalogue.parameters(kind).stream()
        .map(
            range ->
                new TrainedParameter(
                    range.name(), range.min(), range.max(), range.integer(), List.of()))
        .toList();
  }

  /**
   * @throws IllegalArgumentException if there is none of these parameters
   */
  static Alpha of(PopulationSpec spec, Member member) {
    return AlphaCatalogue.BUILT_IN.create(spec.alphaId(), spec.kind(), member.params());
  }

  /** Whether the alpha can be made with these parameters. */
  static boolean allows(PopulationSpec spec, SortedMap<String, Double> params) {
    try {
      AlphaCatalogue.BUILT_IN.create(spec.alphaId(), spec.kind(), params);
      return true;
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
