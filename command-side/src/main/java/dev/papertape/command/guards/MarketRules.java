package dev.papertape.command.guards;

import dev.papertape.command.guards.GuardInputs.MarketView;
import dev.papertape.command.guards.GuardReading.Stand;
import dev.papertape.command.guards.GuardReading.Story;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardName.Scope;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The guards over a symbol's books and a venue's clock. Pure. */
final class MarketRules {
  private MarketRules() {}

  /**
   * Whether a symbol can be traded, and if not, why: at most one of the three is beyond its limit.
   *
   * @param ageMs of the newest message of any of its books, null before the first
   * @param maxAgeMs the active release's
   */
  static List<GuardReading> books(
      Symbol symbol, MarketView market, @Nullable Long ageMs, long maxAgeMs) {
    return List.of(
        reading(
            GuardName.NO_SYNCED_BOOK,
            symbol,
            market,
            BigDecimal.valueOf(market.syncedBooks()),
            BigDecimal.ONE,
            () ->
                new Story(
                    "no venue has a book of " + symbol + " in order",
                    "a venue has a book of " + symbol + " in order",
                    inputs(market, ageMs, maxAgeMs))),
        reading(
            GuardName.STALE_DATA,
            symbol,
            market,
            ageMs == null ? null : BigDecimal.valueOf(ageMs),
            BigDecimal.valueOf(maxAgeMs),
            () ->
                new Story(
                    "no venue has a fresh two-sided book of " + symbol,
                    "a venue has a two-sided book of %s not older than %d ms"
                        .formatted(symbol, maxAgeMs),
                    inputs(market, ageMs, maxAgeMs))),
        reading(
            GuardName.SUSPECT_DATA,
            symbol,
            market,
            BigDecimal.valueOf(market.suspectBooks()),
            BigDecimal.valueOf(market.syncedBooks() + market.suspectBooks()),
            () ->
                new Story(
                    "every book of " + symbol + " in order is doubted",
                    "a book of " + symbol + " is in order and not doubted",
                    inputs(market, ageMs, maxAgeMs))));
  }

  /**
   * Whether any venue may be sent an order of the symbol.
   *
   * @param venues that list it
   * @param closed those of them that a budget or a breaker closes, with the reason
   */
  static GuardReading budget(Symbol symbol, int venues, Map<Venue, String> closed) {
    int open = venues - closed.size();
    return new GuardReading(
        GuardName.BUDGET_EXHAUSTED,
        Scope.SYMBOL.of(symbol),
        BigDecimal.valueOf(open),
        BigDecimal.ONE,
        venues > 0 && open == 0 ? Stand.BEYOND : Stand.WITHIN,
        () -> {
          TreeMap<String, String> inputs = new TreeMap<>();
          inputs.put("venues", Integer.toString(venues));
          closed.forEach((venue, why) -> inputs.put("closed:" + venue, why));
          return new Story(
              "each of %d venues that list %s is closed by its budget or its breaker"
                  .formatted(venues, symbol),
              "a venue that lists " + symbol + " has budget again and its breaker is not open",
              inputs);
        });
  }

  /**
   * @param skewMs distance of the venue's clock from its usual one to ours, null while that is not
   *     known
   */
  static GuardReading clock(Venue venue, @Nullable Long skewMs, long limitMs) {
    Stand stand =
        skewMs == null
            ? Stand.BETWEEN
            : skewMs > limitMs
                ? Stand.BEYOND
                : skewMs <= limitMs / 2 ? Stand.WITHIN : Stand.BETWEEN;
    return new GuardReading(
        GuardName.CLOCK_SKEW,
        Scope.VENUE.of(venue),
        skewMs == null ? null : BigDecimal.valueOf(skewMs),
        BigDecimal.valueOf(limitMs),
        stand,
        () ->
            new Story(
                "the clock of %s is %d ms from its usual distance to ours, the limit is %d ms"
                    .formatted(venue, skewMs, limitMs),
                "it is at most %d ms from its usual distance".formatted(limitMs / 2),
                new TreeMap<>(Map.of("skewMs", String.valueOf(skewMs)))));
  }

  private static GuardReading reading(
      GuardName guard,
      Symbol symbol,
      MarketView market,
      @Nullable BigDecimal value,
      BigDecimal limit,
      Supplier<Story> story) {
    Stand stand = market.missing() == guard ? Stand.BEYOND : Stand.WITHIN;
    return new GuardReading(guard, Scope.SYMBOL.of(symbol), value, limit, stand, story);
  }

  private static SortedMap<String, String> inputs(
      MarketView market, @Nullable Long ageMs, long maxAgeMs) {
    TreeMap<String, String> inputs = new TreeMap<>();
    inputs.put("syncedBooks", Integer.toString(market.syncedBooks()));
    inputs.put("staleBooks", Integer.toString(market.staleBooks()));
    inputs.put("suspectBooks", Integer.toString(market.suspectBooks()));
    inputs.put("ageMs", String.valueOf(ageMs));
    inputs.put("maxAgeMs", Long.toString(maxAgeMs));
    BigDecimal mid = market.refMid();
    if (mid != null) {
      inputs.put("refMid", mid.toPlainString());
    }
    return inputs;
  }
}
