package dev.papertape.command.engine;

import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import dev.papertape.contracts.router.RoutingDecision.Leg;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Follows routed legs to their end, for the venues' fill and reject rates. A leg ends filled or
 * expired; a cancelled one says nothing of its venue.
 */
final class RoutedLegs {
  private final Map<String, OpenLeg[]> open = new HashMap<>();

  /** A leg that is over; {@code latencyMs} from the decision to its first fill, null without one. */
  record Ended(Venue venue, BigDecimal routed, BigDecimal filled, @Nullable Long latencyMs) {}

  private static final class OpenLeg {
    private final Leg leg;
    private BigDecimal filled = BigDecimal.ZERO;
    private @Nullable Long latencyMs;
    private boolean over;

    private OpenLeg(Leg leg) {
      this.leg = leg;
    }
  }

  void routed(OrderRouted event) {
    open.put(
        event.orderId(),
        event.decision().legs().stream().map(OpenLeg::new).toArray(OpenLeg[]::new));
  }

  void happened(ExecutionEvent event, Consumer<Ended> out) {
    switch (event) {
      case ExecutionEvent.OrderFilled fill -> filled(fill, out);
      case ExecutionEvent.OrderExpired expired -> expired(expired, out);
      case ExecutionEvent.OrderCancelled cancelled -> open.remove(cancelled.orderId());
      case ExecutionEvent.OrderAccepted _,
          ExecutionEvent.OrderBlocked _,
          ExecutionEvent.PositionClosed _,
          ExecutionEvent.PortfolioMarked _,
          ExecutionEvent.PortfolioReset _,
          ExecutionEvent.EngineCheckpointed _ -> {}
    }
  }

  private void filled(ExecutionEvent.OrderFilled fill, Consumer<Ended> out) {
    OpenLeg[] legs = open.get(fill.orderId());
    if (legs == null) {
      return;
    }
    OpenLeg leg = legs[fill.leg()];
    leg.filled = leg.filled.add(fill.quantity());
    if (leg.latencyMs == null) {
      leg.latencyMs = fill.latencyMs();
    }
    if (leg.filled.compareTo(leg.leg.quantity()) >= 0) {
      end(leg, out);
    }
    if (fill.remaining().signum() == 0) {
      open.remove(fill.orderId());
    }
  }

  private void expired(ExecutionEvent.OrderExpired expired, Consumer<Ended> out) {
    OpenLeg[] legs = open.get(expired.orderId());
    Integer index = expired.leg();
    if (legs != null && index != null) {
      end(legs[index], out);
    }
    if (expired.terminal()) {
      open.remove(expired.orderId());
    }
  }

  private static void end(OpenLeg leg, Consumer<Ended> out) {
    if (!leg.over) {
      leg.over = true;
      out.accept(new Ended(leg.leg.venue(), leg.leg.quantity(), leg.filled, leg.latencyMs));
    }
  }
}
