package dev.papertape.command.budget;

import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Venue;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;

/** The gate of a program that has no log: the same rule over ledgers in memory. */
public final class UnloggedCalls implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
  private final LocalBudget budget = new LocalBudget();
  private final BudgetedCalls calls;

  /**
   * @param wires what each venue speaks, and so what it allows
   * @param seed of the jitter between tries
   */
  public UnloggedCalls(Map<Venue, WireProtocol> wires, InstantSource clock, long seed) {
    wires.forEach(
        (venue, wire) ->
            budget.register(ProviderDefaults.registered(venue.name(), wire, clock.instant())));
    this.calls =
        new BudgetedCalls(budget, client, new ProviderClocks(clock), clock, new Random(seed));
  }

  public BudgetedCalls calls() {
    return calls;
  }

  /** The ledgers in memory. */
  public LocalBudget budget() {
    return budget;
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
