package dev.papertape.command.budget;

import dev.papertape.command.router.Gate;
import dev.papertape.contracts.budget.Breaker;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which venues may not be sent orders for what their ledgers say. Pure.
 *
 * <p>A breaker that is half open lets orders through: its probe may not come for long, when
 * somebody cheaper is asked for prices, and the venue's book is judged by itself.
 */
final class VenueClosures {
  private VenueClosures() {}

  /**
   * @param ledgers of the venues, empty for one that cannot be read now: it stays as it was
   * @param before what was closed at the last look
   * @param at each provider's time
   */
  static Map<Venue, Gate> of(
      Map<Venue, Optional<ProviderState>> ledgers,
      Map<Venue, Gate> before,
      Function<Venue, Instant> at) {
    Map<Venue, Gate> closed = new TreeMap<>();
    ledgers.forEach(
        (venue, ledger) -> {
          Gate gate = ledger.isPresent() ? gate(ledger.get(), at.apply(venue)) : before.get(venue);
          if (gate != null) {
            closed.put(venue, gate);
          }
        });
    return closed;
  }

  private static @Nullable Gate gate(ProviderState ledger, Instant at) {
    if (ledger.breaker().at(at) == Breaker.Position.OPEN) {
      return Gate.BREAKER_OPEN;
    }
    return switch (ledger.standing(at)) {
      case EXHAUSTED, COOLING_DOWN, BANNED -> Gate.BUDGET_EXHAUSTED;
      case OK, SOFT_LIMIT, UNKNOWN -> null;
    };
  }
}
