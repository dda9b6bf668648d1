package dev.papertape.command.engine;

import dev.papertape.command.execution.SubAccounts;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.execution.AccountCheckpoint;
import dev.papertape.contracts.execution.AlphaRecordState;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.sizing.SizingEvent.PositionSized;
import java.util.Collection;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the engine knows of its alphas' money: sub-accounts, what was said of each symbol, records.
 * The live path and the fold of the log are the same path: {@link #apply}. Shadow books and records
 * are no fold of facts; they go on from the newest checkpoint, so that a kill costs them a minute
 * at most. Owned by the engine's thread.
 */
final class AlphaLedger {
  private final SubAccounts accounts;
  private final SortedMap<Symbol, SymbolBook> books = new TreeMap<>();
  private final SortedMap<String, AlphaRecord> records = new TreeMap<>();

  private AlphaLedger(SubAccounts accounts) {
    this.accounts = accounts;
  }

  static AlphaLedger empty() {
    return new AlphaLedger(new SubAccounts());
  }

  static AlphaLedger of(AccountCheckpoint checkpoint) {
    AlphaLedger ledger = new AlphaLedger(SubAccounts.of(checkpoint));
    checkpoint.books().forEach(state -> ledger.books.put(state.symbol(), SymbolBook.of(state)));
    for (AlphaRecordState state : checkpoint.records()) {
      ledger.records.put(state.alphaId(), AlphaRecord.of(state));
    }
    return ledger;
  }

  /** The checkpoint with the alphas' part. */
  AccountCheckpoint into(AccountCheckpoint account) {
    return account.with(
        accounts.states(),
        records.values().stream().map(AlphaRecord::state).toList(),
        books.values().stream()
            .filter(book -> book.rebalancedAt() != null)
            .map(SymbolBook::state)
            .toList());
  }

  /** Takes over what a fact did; most do nothing here. */
  void apply(DomainEvent event) {
    switch (event) {
      case ExecutionEvent execution -> {
        accounts.apply(execution);
        if (execution instanceof PortfolioReset) {
          books.values().forEach(SymbolBook::reset);
          records.clear();
        }
      }
      case SignalsCombined combined -> book(combined.symbol()).apply(combined);
      case PositionSized sized -> accounts.apply(sized);
      default -> {}
    }
  }

  SubAccounts accounts() {
    return accounts;
  }

  SymbolBook book(Symbol symbol) {
    return books.computeIfAbsent(symbol, SymbolBook::new);
  }

  Collection<Map.Entry<Symbol, SymbolBook>> books() {
    return books.entrySet();
  }

  SortedMap<String, AlphaRecord> records() {
    return records;
  }
}
