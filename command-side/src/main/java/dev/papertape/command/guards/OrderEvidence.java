package dev.papertape.command.guards;

import dev.papertape.command.guards.GuardInputs.DoubtedWindow;
import dev.papertape.command.guards.GuardInputs.MarketView;
import dev.papertape.contracts.execution.OrderIntent;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Every value that the guards look at, as plain text: what an auditor decides with again. */
final class OrderEvidence {
  private OrderEvidence() {}

  static SortedMap<String, String> of(OrderRules.Question question) {
    OrderIntent intent = question.intent();
    GuardInputs inputs = question.inputs();
    GuardLimits limits = question.limits();
    MarketView market = inputs.market();
    TreeMap<String, String> seen = new TreeMap<>();
    seen.put("tradingState", inputs.tradingState().name());
    seen.put("side", intent.side().name());
    seen.put("quantity", intent.quantity().toPlainString());
    seen.put("position", inputs.position().toPlainString());
    seen.put("otherExposure", inputs.otherExposure().toPlainString());
    seen.put("syncedBooks", Integer.toString(market.syncedBooks()));
    seen.put("staleBooks", Integer.toString(market.staleBooks()));
    if (market.suspectBooks() > 0) {
      seen.put("suspectBooks", Integer.toString(market.suspectBooks()));
    }
    for (DoubtedWindow doubted : inputs.doubted()) {
      seen.put("stream:" + doubted.window(), doubted.channel() + " " + doubted.state());
    }
    inputs
        .standing()
        .reducedBy()
        .forEach(guard -> putIfKnown(seen, "tripped:" + guard.guard(), guard.value()));
    inputs.standing().closedVenues().forEach((venue, gate) -> seen.put("closed:" + venue, gate));
    putIfKnown(seen, "refMid", market.refMid());
    putIfKnown(seen, "limitPrice", intent.limitPrice());
    seen.put("finestLot", market.finestLot().toPlainString());
    seen.put("leastMinNotional", market.leastMinNotional().toPlainString());
    seen.put("maxNotional", limits.maxNotional().toPlainString());
    seen.put("maxExposure", limits.maxExposure().toPlainString());
    seen.put("ordersInLastSecond", Integer.toString(inputs.ordersInLastSecond()));
    seen.put("maxOrdersPerSecond", Integer.toString(limits.maxOrdersPerSecond()));
    return seen;
  }

  static void putIfKnown(SortedMap<String, String> seen, String name, @Nullable BigDecimal value) {
    if (value != null) {
      seen.put(name, value.toPlainString());
    }
  }
}
