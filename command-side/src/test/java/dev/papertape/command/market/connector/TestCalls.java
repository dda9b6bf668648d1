package dev.papertape.command.market.connector;

import dev.papertape.command.budget.BudgetedCalls;
import dev.papertape.command.budget.UnloggedCalls;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Venue;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Map;

/** Gates of one venue over a ledger in memory. */
final class TestCalls {
  private TestCalls() {}

  static BudgetedCalls to(Venue venue, WireProtocol wire) {
    return at(venue, wire, Clock.systemUTC());
  }

  static BudgetedCalls at(Venue venue, WireProtocol wire, InstantSource clock) {
    return new UnloggedCalls(Map.of(venue, wire), clock, 1).calls();
  }
}
