package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The parameters that a release brings for the built-in momentum alpha: while a release that names
 * others than the configured one is active, they count instead of the registered ones.
 */
public final class ReleaseTuning {
  /** The alpha that a release can tune. */
  private static final String TUNED = "momentum";

  private ReleaseTuning() {}

  /**
   * @param configured of the release of a fresh start
   * @param active of the release that is active
   */
  public static List<AlphaSpec> of(
      List<AlphaSpec> registered,
      MomentumAlpha.Parameters configured,
      MomentumAlpha.Parameters active) {
    return active.equals(configured)
        ? registered
        : registered.stream().map(spec -> tuned(spec, active)).toList();
  }

  private static AlphaSpec tuned(AlphaSpec spec, MomentumAlpha.Parameters active) {
    if (!spec.alphaId().equals(TUNED) || spec.kind() != AlphaKind.MOMENTUM) {
      return spec;
    }
    SortedMap<String, Double> params = new TreeMap<>(spec.params());
    params.put(AlphaCatalogue.LOOK_BACK, (double) active.lookBackSeconds());
    params.put(AlphaCatalogue.ENTER, active.enter());
    params.put(AlphaCatalogue.EXIT, active.exit());
    return new AlphaSpec(
        spec.alphaId(),
        spec.name(),
        spec.kind(),
        params,
        spec.symbols(),
        spec.features(),
        spec.weight(),
        spec.stage(),
        spec.paused(),
        spec.benchedReason(),
        spec.populationId());
  }
}
