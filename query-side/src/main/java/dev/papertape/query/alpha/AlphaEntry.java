package dev.papertape.query.alpha;

import dev.papertape.contracts.alpha.AlphaAction;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.market.Symbol;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One alpha as it stands.
 *
 * @param symbols that it trades, empty for all
 * @param weight its own, in [0, 1]
 * @param tradedWeight what it trades with, before its record is looked at: its own weight times its
 *     stage's share; 0 while it is watched only, paused or benched
 * @param benchedReason why it is asked no more, null unless benched
 * @param registeredAt recorded time
 */
record AlphaEntry(
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
    Instant registeredAt,
    List<AlphaAction> allowedActions) {

  static AlphaEntry of(AlphaSpec spec, Instant registeredAt) {
    return new AlphaEntry(
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
        registeredAt,
        AlphaAction.allowed(spec));
  }

  AlphaSpec spec() {
    return new AlphaSpec(
        alphaId,
        name,
        kind,
        params,
        symbols,
        features,
        weight,
        stage,
        paused,
        benchedReason,
        populationId);
  }
}
