package dev.papertape.command.engine;

import dev.papertape.command.execution.SubAccounts;
import dev.papertape.command.sizing.PositionSizer;
import dev.papertape.command.sizing.PositionSizer.Sized;
import dev.papertape.command.sizing.SizingInputs;
import dev.papertape.command.sizing.SizingPolicy;
import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.alpha.AlphaSignal;
import dev.papertape.contracts.sizing.SizingEvent.PositionSized;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Words a sizing as its event. */
final class SizingWords {
  private SizingWords() {}

  static PositionSized sized(
      SignalsCombined combined,
      @Nullable String decisionId,
      SizingInputs inputs,
      Sized sized,
      CommonBook common,
      BigDecimal lot,
      SizingPolicy policy) {
    BigDecimal quantity = combined.target().divide(lot, 0, RoundingMode.DOWN).multiply(lot);
    SortedMap<String, String> words = new TreeMap<>(PositionSizer.words(inputs, policy));
    words.put("unitNotional", sized.unitNotional().toPlainString());
    words.put(SubAccounts.HALF_SPREAD, common.halfSpread().toPlainString());
    words.put("lot", lot.toPlainString());
    words.put("leastCap", sized.least().name());
    List<String> alphaIds =
        combined.signals().stream()
            .filter(signal -> signal.weight() > 0 && signal.value() != 0)
            .map(AlphaSignal::alphaId)
            .toList();
    return new PositionSized(
        combined.rebalanceId(),
        decisionId,
        combined.symbol(),
        alphaIds,
        combined.combined(),
        PositionSizer.METHOD,
        policy.targetVol(),
        inputs.realizedVol(),
        sized.kelly(),
        sized.capNotional(),
        sized.binding(BigDecimal.valueOf(combined.combined())).name(),
        inputs.equity(),
        combined.mid(),
        quantity,
        quantity.multiply(combined.mid()),
        words,
        combined.feedTime());
  }
}
