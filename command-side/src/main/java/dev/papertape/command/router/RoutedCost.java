package dev.papertape.command.router;

import dev.papertape.command.market.Scale;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision.Candidate;
import dev.papertape.contracts.router.RoutingDecision.Leg;
import dev.papertape.contracts.router.VenueQuote;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a choice of legs is expected to cost, all in, in bps of the common mid: each leg at its own
 * size by the rule of {@link VenueCost}, weighted by quantity. Two policies' choices are measured
 * with one policy's rule over the same recorded quotes.
 */
public final class RoutedCost {
  private RoutedCost() {}

  /**
   * Null without legs, without a common mid, or where a leg's venue displays nothing.
   *
   * @param quotes the recorded inputs, made under {@code yardstick}
   * @param legs of an immediate order
   */
  public static @Nullable Double bps(
      RoutingContext quotes, List<Leg> legs, RouterPolicy yardstick) {
    BigDecimal refMid = quotes.refMid();
    if (refMid == null || legs.isEmpty()) {
      return null;
    }
    Scale scale = Ladder.scaleOf(quotes.intent(), quotes.quotes());
    double cost = 0;
    double routed = 0;
    for (Leg leg : legs) {
      VenueQuote quote = quoteOf(quotes, leg.venue());
      if (quote == null) {
        return null;
      }
      Candidate alone =
          VenueCost.eligible(
              Ladder.of(quote, quotes.intent(), scale, yardstick),
              scale.quantity(leg.quantity()),
              quotes.intent().side(),
              scale,
              refMid,
              yardstick);
      Double legBps = alone.allInBps();
      if (legBps == null) {
        return null;
      }
      double weight = leg.quantity().doubleValue();
      cost += weight * legBps;
      routed += weight;
    }
    return cost / routed;
  }

  private static @Nullable VenueQuote quoteOf(RoutingContext quotes, Venue venue) {
    for (VenueQuote quote : quotes.quotes()) {
      if (quote.venue().equals(venue)) {
        return quote;
      }
    }
    return null;
  }
}
