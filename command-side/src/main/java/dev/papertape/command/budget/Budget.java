package dev.papertape.command.budget;

import dev.papertape.contracts.budget.BudgetCommand.ReserveCall;
import dev.papertape.contracts.budget.BudgetCommand.SettleCall;
import dev.papertape.contracts.budget.ReserveReply;

/** The ledgers of all providers, as the gate asks them. Blocking; thread-safe. */
public interface Budget {
  /** Never throws for what is wrong with the ledger: then the call is denied. */
  ReserveReply reserve(ReserveCall call);

  /** Never throws; what cannot be written now is written later or expires. */
  void settle(SettleCall call);
}
