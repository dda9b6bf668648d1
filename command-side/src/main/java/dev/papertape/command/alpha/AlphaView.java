package dev.papertape.command.alpha;

import dev.papertape.contracts.alpha.AlphaAction;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.market.Symbol;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * An alpha after a command.
 *
 * @param weight its own
 * @param tradedWeight what it trades with now: 0 while it is watched, paused or benched
 */
record AlphaView(
    String alphaId,
    String name,
    AlphaKind kind,
    SortedMap<String, Double> params,
    List<Symbol> symbols,
    List<String> features,
    AlphaStage stage,
    double weight,
    double tradedWeight,
    boolean paused,
    @Nullable String benchedReason,
    @Nullable String populationId,
    List<AlphaAction> allowedActions) {

  static AlphaView of(AlphaSpec spec) {
    return new AlphaView(
        spec.alphaId(),
        spec.name(),
        spec.kind(),
        spec.params(),
        spec.symbols(),
        spec.features(),
        spec.stage(),
        spec.weight(),
        spec.tradedWeight(),
        spec.paused(),
        spec.benchedReason(),
        spec.populationId(),
        AlphaAction.allowed(spec));
  }
}
