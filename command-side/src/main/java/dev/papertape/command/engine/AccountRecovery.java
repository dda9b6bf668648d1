package dev.papertape.command.engine;

import dev.papertape.command.deploy.Releases;
import dev.papertape.command.execution.LiveOrder;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.command.guards.GuardsRecovered;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.alpha.AlphaEvent.SignalsCombined;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.EngineCheckpointed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Folds the log into the state that an engine starts with: the newest checkpoint and what follows
 * it. The engine's facts are in the log in the order in which it made them, so what follows a
 * checkpoint is exactly what it does not contain.
 */
final class AccountRecovery {
  private static final String COMBINED = EventTypes.logicalName(SignalsCombined.class);

  private final EventLog log;
  private final Function<LoggedEvent, DomainEvent> decode;
  private final Set<String> open = new LinkedHashSet<>();
  private boolean known;
  private Portfolio portfolio;
  private AlphaLedger alphas = AlphaLedger.empty();

  AccountRecovery(EventLog log, Function<LoggedEvent, DomainEvent> decode, BigDecimal initialCash) {
    this.log = log;
    this.decode = decode;
    this.portfolio = new Portfolio(initialCash);
  }

  Recovered recover(GuardsRecovered guards, Releases releases, @Nullable SlosObserved observed) {
    Optional<LoggedEvent> newest = log.lastOf(EngineCheckpointed.STREAM);
    newest.map(decode).ifPresent(this::startFrom);
    log.forEach(newest.map(LoggedEvent::position).orElse(0L), log.head(), this::fold);
    List<LiveOrder> orders = new ArrayList<>();
    Map<String, Map<String, String>> origins = new HashMap<>();
    for (String orderId : open) {
      List<LoggedEvent> life = log.stream("order:" + orderId, 0);
      orders.add(LiveOrder.foldFrom(life.stream().map(decode).toList()));
      origins.put(orderId, OrderOrigin.of(life));
    }
    return new Recovered(
        portfolio,
        alphas,
        List.copyOf(orders),
        Map.copyOf(origins),
        guards,
        releases,
        observed,
        !known);
  }

  private void startFrom(DomainEvent checkpoint) {
    if (checkpoint instanceof EngineCheckpointed newest) {
      portfolio = Portfolio.of(newest.account());
      alphas = AlphaLedger.of(newest.account());
      open.addAll(newest.account().openOrders());
      known = true;
    }
  }

  private void fold(LoggedEvent row) {
    String type = row.payloadType();
    boolean isOfTheAccount =
        type.startsWith("execution.")
            || type.startsWith("router.")
            || type.startsWith("sizing.")
            || type.equals(COMBINED);
    if (isOfTheAccount) {
      fold(decode.apply(row));
    }
  }

  private void fold(DomainEvent event) {
    alphas.apply(event);
    if (event instanceof ExecutionEvent execution) {
      portfolio.apply(execution);
      known |= execution instanceof PortfolioReset;
    }
    if (event instanceof ExecutionEvent.OrderAccepted accepted) {
      open.add(accepted.orderId());
    } else if (event instanceof OrderEvent order && endsOrder(order)) {
      open.remove(order.orderId());
    } else if (event instanceof RouterEvent.OrderUnroutable unroutable) {
      open.remove(unroutable.orderId());
    }
  }

  /** Whether an order is over with this event. */
  static boolean endsOrder(OrderEvent event) {
    return switch (event) {
      case ExecutionEvent.OrderAccepted _ -> false;
      case ExecutionEvent.OrderFilled fill -> fill.remaining().signum() == 0;
      case ExecutionEvent.OrderExpired expired -> expired.terminal();
      case ExecutionEvent.OrderBlocked _, ExecutionEvent.OrderCancelled _ -> true;
    };
  }
}
