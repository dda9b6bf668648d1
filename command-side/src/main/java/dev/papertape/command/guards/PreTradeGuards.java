package dev.papertape.command.guards;

import dev.papertape.command.guards.GuardVerdict.Blocked;
import dev.papertape.command.guards.GuardVerdict.Passed;
import dev.papertape.contracts.execution.OrderIntent;
import java.util.SortedMap;

/** Asks the guards before an order is routed. Pure. */
public final class PreTradeGuards {
  private PreTradeGuards() {}

  public static GuardVerdict check(OrderIntent intent, GuardInputs inputs, GuardLimits limits) {
    OrderRules.Question question = new OrderRules.Question(intent, inputs, limits);
    OrderRules.Refusal refusal = OrderRules.firstRefusal(question);
    if (refusal == null) {
      return new Passed();
    }
    SortedMap<String, String> evidence = OrderEvidence.of(question);
    evidence.put("scope", refusal.scope());
    OrderEvidence.putIfKnown(evidence, "value", refusal.value());
    OrderEvidence.putIfKnown(evidence, "limit", refusal.limit());
    return new Blocked(refusal.guard(), refusal.detail(), evidence);
  }
}
