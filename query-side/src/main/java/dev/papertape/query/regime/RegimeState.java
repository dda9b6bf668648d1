package dev.papertape.query.regime;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.regime.Regime;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import dev.papertape.contracts.regime.VolatilityState;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * The regime of every symbol that has one.
 *
 * @param symbols by name
 */
record RegimeState(List<SymbolView> symbols) {

  /**
   * One symbol; figures are those of the moment at which the label changed.
   *
   * @param since feed time of that moment
   * @param probabilities null while no model was fitted
   * @param previous null for the first label
   * @param rule that decided, in words
   */
  record SymbolView(
      Symbol symbol,
      Regime regime,
      Instant since,
      @Nullable Probabilities probabilities,
      SortedMap<String, Double> features,
      String modelVersion,
      @Nullable Regime previous,
      String rule) {

    static SymbolView of(RegimeChanged changed) {
      VolatilityState volatility = changed.probabilities();
      return new SymbolView(
          changed.symbol(),
          changed.regime(),
          changed.feedTime(),
          volatility == null ? null : Probabilities.of(volatility),
          changed.features(),
          changed.modelVersion(),
          changed.previous(),
          changed.rule());
    }
  }

  /** Of the volatility states, which add up to 1. */
  record Probabilities(
      @JsonProperty("CALM") double calm,
      @JsonProperty("NORMAL") double normal,
      @JsonProperty("TURBULENT") double turbulent) {

    static Probabilities of(VolatilityState state) {
      return new Probabilities(state.calm(), state.normal(), state.turbulent());
    }
  }
}
