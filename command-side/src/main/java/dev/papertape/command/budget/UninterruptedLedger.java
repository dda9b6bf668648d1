package dev.papertape.command.budget;

import dev.papertape.contracts.budget.BudgetCommand;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * Has the ledgers' commands handled on threads that nobody interrupts. A connector that is closed
 * interrupts its callers; a call that has been answered is settled all the same, and the lock or
 * the connection that it needs for that does not break half-way. Whoever waits keeps its interrupt.
 */
final class UninterruptedLedger implements Function<BudgetCommand, Object> {
  private final Function<BudgetCommand, Object> ledger;

  /**
   * @param ledger handles a command on the thread that asks
   */
  UninterruptedLedger(Function<BudgetCommand, Object> ledger) {
    this.ledger = ledger;
  }

  @Override
  public Object apply(BudgetCommand command) {
    try {
      return CompletableFuture.supplyAsync(() -> ledger.apply(command), Thread::startVirtualThread)
          .join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw failed;
    }
  }
}
