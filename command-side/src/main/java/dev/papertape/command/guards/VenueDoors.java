package dev.papertape.command.guards;

import dev.papertape.command.router.Gate;
import dev.papertape.contracts.market.Venue;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which venues the control plane keeps orders away from, and why. Owned by the engine's thread. */
public final class VenueDoors {
  private final Map<Venue, Gate> byBudget = new TreeMap<>();
  private final Set<Venue> skewed = new TreeSet<>();

  /**
   * @param closed {@link Gate#BREAKER_OPEN} or {@link Gate#BUDGET_EXHAUSTED} of each venue that is
   *     closed now; the others are open
   */
  public void use(Map<Venue, Gate> closed) {
    byBudget.clear();
    byBudget.putAll(closed);
  }

  /** Its clock is to be trusted, or not. */
  void skewed(Venue venue, boolean isSkewed) {
    if (isSkewed) {
      skewed.add(venue);
    } else {
      skewed.remove(venue);
    }
  }

  /** Null when it may be sent orders. */
  public @Nullable Gate closedBy(Venue venue) {
    Gate budget = byBudget.get(venue);
    return budget == null && skewed.contains(venue) ? Gate.CLOCK_SKEW : budget;
  }

  boolean isClosedByBudget(Venue venue) {
    return byBudget.containsKey(venue);
  }
}
