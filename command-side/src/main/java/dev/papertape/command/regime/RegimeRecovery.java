package dev.papertape.command.regime;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.regime.RegimeEvent;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Finds in the log which regime each symbol was last told to be in. */
public final class RegimeRecovery {
  private RegimeRecovery() {}

  public static List<RegimeChanged> lastTold(
      EventLog log, Function<LoggedEvent, DomainEvent> decode, Collection<Symbol> symbols) {
    List<RegimeChanged> last = new ArrayList<>();
    for (Symbol symbol : symbols) {
      log.lastOf(RegimeEvent.stream(symbol))
          .map(decode)
          .ifPresent(event -> last.add((RegimeChanged) event));
    }
    return last;
  }
}
