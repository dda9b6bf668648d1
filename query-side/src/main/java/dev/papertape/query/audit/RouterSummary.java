package dev.papertape.query.audit;

import static dev.papertape.query.audit.EventSummary.plain;

import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.contracts.router.RoutingDecision;
import java.util.stream.Collectors;

/** What the router decided, in a sentence. */
final class RouterSummary {
  private RouterSummary() {}

  static String of(RouterEvent event) {
    return switch (event) {
      case RouterEvent.OrderRouted routed ->
          "Routed %s to %s (%s)".formatted(wanted(routed), legs(routed), considered(routed));
      case RouterEvent.OrderUnroutable unroutable ->
          "No venue for %s: %s (%s)"
              .formatted(
                  wanted(unroutable), unroutable.decision().reason(), considered(unroutable));
    };
  }

  private static String wanted(RouterEvent event) {
    var intent = event.context().intent();
    return intent.side() + " " + plain(intent.quantity()) + " " + intent.symbol();
  }

  private static String legs(RouterEvent.OrderRouted routed) {
    return routed.decision().legs().stream()
        .map(leg -> leg.venue() + " " + plain(leg.quantity()))
        .collect(Collectors.joining(" + "));
  }

  private static String considered(RouterEvent event) {
    long eligible =
        event.decision().candidates().stream().filter(RoutingDecision.Candidate::eligible).count();
    return eligible + " of " + event.decision().candidates().size() + " venues eligible";
  }
}
