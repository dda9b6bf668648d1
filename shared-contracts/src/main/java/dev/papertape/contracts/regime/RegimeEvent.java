package dev.papertape.contracts.regime;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.market.Symbol;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What kind of market each symbol is in; facts on stream {@code regime:<symbol>}. */
public sealed interface RegimeEvent extends DomainEvent {

  Symbol symbol();

  static String stream(Symbol symbol) {
    return "regime:" + symbol;
  }

  /**
   * The label changed, or is known for the first time.
   *
   * @param previous null the first time
   * @param probabilities by the forward filter; null while the model has too little to be fitted on
   * @param features causal ones, by name
   * @param rule which rule decided, in words
   * @param modelVersion of rules and fitted model
   */
  record RegimeChanged(
      Symbol symbol,
      Regime regime,
      @Nullable Regime previous,
      @Nullable VolatilityState probabilities,
      SortedMap<String, Double> features,
      String rule,
      String modelVersion,
      Instant feedTime)
      implements RegimeEvent {}
}
