package dev.papertape.command.execution;

import dev.papertape.contracts.execution.LegReview;
import dev.papertape.contracts.execution.LegReview.Alternative;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an order paid beyond the best that each of its legs could have had elsewhere: Σ q · max(0,
 * own − best alternative) / Σ q over the legs that can be compared, in bps of the mid at the
 * decision.
 */
final class Regret {
  private Regret() {}

  /** Null when no leg filled beside an alternative that could have filled as much. */
  static @Nullable Double of(List<LegReview> legs) {
    double weighted = 0;
    double quantity = 0;
    for (LegReview leg : legs) {
      Double own = leg.allInBps();
      Double best = best(leg.alternatives());
      if (own != null && best != null) {
        double weight = leg.quantity().doubleValue();
        weighted += weight * Math.max(0, own - best);
        quantity += weight;
      }
    }
    return quantity == 0 ? null : (Double) (weighted / quantity);
  }

  /** The cheapest alternative, null when none could have filled the quantity. */
  static @Nullable Double best(List<Alternative> alternatives) {
    return alternatives.stream()
        .map(Alternative::allInBps)
        .filter(Objects::nonNull)
        .min(Double::compare)
        .orElse(null);
  }
}
