package dev.papertape.query.report;

import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import dev.papertape.contracts.router.RoutingDecision.Candidate;
import dev.papertape.contracts.router.VenueQuote;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An order between its routing and its end, as far as the venues' figures need it; immutable.
 *
 * @param immediate whether its legs end on arrival; those that may rest say nothing of a venue
 * @param mid common mid at the decision
 * @param quote the best price on the side that the order takes, over all venues that were eligible;
 *     null without one
 */
record RoutedOrder(
    Side side,
    boolean immediate,
    @Nullable BigDecimal mid,
    @Nullable BigDecimal quote,
    List<Leg> legs) {

  /**
   * @param over whether it will fill no more
   */
  record Leg(String venue, BigDecimal sent, BigDecimal filled, boolean over) {
    private Leg filled(BigDecimal quantity) {
      BigDecimal now = filled.add(quantity);
      return new Leg(venue, sent, now, over || now.compareTo(sent) >= 0);
    }

    private Leg ended() {
      return new Leg(venue, sent, filled, true);
    }
  }

  static RoutedOrder of(OrderRouted routed) {
    var intent = routed.context().intent();
    return new RoutedOrder(
        intent.side(),
        intent.timeInForce() == TimeInForce.IOC,
        routed.context().refMid(),
        bestQuote(routed),
        routed.decision().legs().stream()
            .map(leg -> new Leg(leg.venue().name(), leg.quantity(), BigDecimal.ZERO, false))
            .toList());
  }

  private static @Nullable BigDecimal bestQuote(OrderRouted routed) {
    Side side = routed.context().intent().side();
    Set<String> eligible =
        routed.decision().candidates().stream()
            .filter(Candidate::eligible)
            .map(candidate -> candidate.venue().name())
            .collect(Collectors.toSet());
    List<BigDecimal> quotes = new ArrayList<>();
    for (VenueQuote quote : routed.context().quotes()) {
      BigDecimal best = side == Side.BUY ? quote.bestAsk() : quote.bestBid();
      if (best != null && eligible.contains(quote.venue().name())) {
        quotes.add(best);
      }
    }
    Comparator<BigDecimal> cheapest =
        side == Side.BUY ? Comparator.naturalOrder() : Comparator.reverseOrder();
    return quotes.stream().min(cheapest).orElse(null);
  }

  RoutedOrder filled(int leg, BigDecimal quantity) {
    return with(leg, legs.get(leg).filled(quantity));
  }

  RoutedOrder ended(int leg) {
    return with(leg, legs.get(leg).ended());
  }

  RoutedOrder ended() {
    return new RoutedOrder(side, immediate, mid, quote, legs.stream().map(Leg::ended).toList());
  }

  /** Legs that are over now and were not before. */
  List<Leg> endedSince(RoutedOrder before) {
    List<Leg> ended = new ArrayList<>();
    for (int leg = 0; leg < legs.size(); leg++) {
      if (legs.get(leg).over && !before.legs.get(leg).over) {
        ended.add(legs.get(leg));
      }
    }
    return ended;
  }

  private RoutedOrder with(int leg, Leg changed) {
    List<Leg> after = new ArrayList<>(legs);
    after.set(leg, changed);
    return new RoutedOrder(side, immediate, mid, quote, List.copyOf(after));
  }
}
