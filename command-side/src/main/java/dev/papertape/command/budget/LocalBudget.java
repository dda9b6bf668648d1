package dev.papertape.command.budget;

import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.BudgetCommand.SettleCall;
import dev.papertape.contracts.budget.BudgetEvent.ProviderEvent;
import dev.papertape.contracts.budget.BudgetEvent.ProviderRegistered;
import dev.papertape.contracts.budget.DenialReason;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.budget.ReserveReply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ledgers in memory by the same rule, for programs that have no log to write to ({@code record}).
 */
public final class LocalBudget implements Budget {
  private final Map<String, ProviderState> states = new ConcurrentHashMap<>();

  /** A ledger begins; one that there is already is left alone. */
  public LocalBudget register(ProviderRegistered registered) {
    states.putIfAbsent(registered.provider(), ProviderState.of(registered));
    return this;
  }

  @Override
  public ReserveReply reserve(ReserveCall call) {
    ReserveReply[] reply = {
      new ReserveReply.Denied(
          DenialReason.UNKNOWN_PROVIDER, "no provider " + call.provider(), null, false)
    };
    states.computeIfPresent(
        call.provider(),
        (name, state) -> {
          ProviderDecider.Reserved reserved = ProviderDecider.reserve(state, call);
          reply[0] = reserved.reply();
          return after(state, reserved.events());
        });
    return reply[0];
  }

  @Override
  public void settle(SettleCall call) {
    states.computeIfPresent(
        call.provider(), (name, state) -> after(state, ProviderDecider.settle(state, call)));
  }

  /** The ledgers as they stand. */
  public List<ProviderState> states() {
    return List.copyOf(states.values());
  }

  private static ProviderState after(ProviderState state, List<ProviderEvent> events) {
    ProviderState after = state;
    for (ProviderEvent event : events) {
      after = after.after(event);
    }
    return after;
  }
}
