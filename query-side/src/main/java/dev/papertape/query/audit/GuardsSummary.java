package dev.papertape.query.audit;

import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.guards.GuardsEvent.GuardCleared;
import dev.papertape.contracts.guards.GuardsEvent.GuardLimitChanged;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import dev.papertape.contracts.guards.GuardsEvent.GuardsObserved;
import dev.papertape.contracts.guards.GuardsEvent.TradingHalted;
import dev.papertape.contracts.guards.GuardsEvent.TradingReduced;
import dev.papertape.contracts.guards.GuardsEvent.TradingResumed;
import java.math.BigDecimal;

/** One sentence on each event of trading state and guards. */
final class GuardsSummary {
  private GuardsSummary() {}

  static String of(GuardsEvent event) {
    return switch (event) {
      case TradingHalted halted -> "Trading halted: " + halted.reason();
      case TradingReduced reduced -> "Trading reduced to closing positions: " + reduced.reason();
      case TradingResumed resumed ->
          resumed.overruled().isEmpty()
              ? "Trading resumed: " + resumed.reason()
              : "Trading resumed over %s: %s".formatted(resumed.overruled(), resumed.reason());
      case GuardLimitChanged changed -> limit(changed);
      case GuardTripped tripped ->
          "Guard %s tripped (%s): %s".formatted(tripped.guard(), tripped.scope(), tripped.reason());
      case GuardCleared cleared ->
          "Guard %s cleared (%s): %s".formatted(cleared.guard(), cleared.scope(), cleared.reason());
      case GuardsObserved observed ->
          "Guards looked at, %d of them tripped"
              .formatted(observed.seen().stream().filter(GuardSeen::tripped).count());
    };
  }

  private static String limit(GuardLimitChanged changed) {
    BigDecimal limit = changed.limit();
    return limit == null
        ? "Limit of %s given back: %s".formatted(changed.guard(), changed.reason())
        : "Limit of %s set to %s: %s"
            .formatted(changed.guard(), EventSummary.plain(limit), changed.reason());
  }
}
