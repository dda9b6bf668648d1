package dev.papertape.query.report;

import static java.math.BigDecimal.ZERO;

import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.alpha.AlphaSignal;
import dev.papertape.contracts.sizing.CoalitionTarget;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What of a symbol's newest rebalance the coalitions' books stand on: any coalition's position
 * follows from it. An alpha that is not in it adds nothing to any coalition, so one that was
 * registered later begins as a copy of each book without it.
 *
 * @param weighted weight · value by alpha id, those other than 0 only
 */
record Rebalance(
    SortedMap<String, BigDecimal> weighted,
    BigDecimal unitNotional,
    BigDecimal capNotional,
    BigDecimal mid) {
  static final Rebalance NONE = new Rebalance(new TreeMap<>(), ZERO, ZERO, BigDecimal.ONE);

  static Rebalance of(SignalsCombined event) {
    SortedMap<String, BigDecimal> weighted = new TreeMap<>();
    for (AlphaSignal signal : event.signals()) {
      BigDecimal part = CoalitionTarget.weighted(signal.weight(), signal.value());
      if (part.signum() != 0) {
        weighted.put(signal.alphaId(), part);
      }
    }
    return new Rebalance(weighted, event.unitNotional(), event.capNotional(), event.mid());
  }

  /** Base units of the coalition whose signals add up to this. */
  BigDecimal target(BigDecimal combined) {
    return combined.signum() == 0
        ? ZERO
        : CoalitionTarget.of(combined, unitNotional, capNotional, mid);
  }
}
