package dev.papertape.query.execution;

import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.EngineCheckpointed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioMarked;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.ExecutionEvent.PositionClosed;
import dev.papertape.contracts.execution.OrderFillView;
import dev.papertape.contracts.execution.OrderView;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.query.EventJson;
import dev.papertape.query.FeedMinute;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Folds one event after the other; keeps orders in memory only until they are over. */
final class ExecutionFold implements Projection.Fold {
  private final EventJson json;
  private final FeedMinute minute;
  private final Map<String, OrderRow> open;
  private @Nullable PortfolioView portfolio;

  ExecutionFold(
      EventJson json,
      FeedMinute minute,
      Map<String, OrderRow> open,
      @Nullable PortfolioView portfolio) {
    this.json = json;
    this.minute = minute;
    this.open = open;
    this.portfolio = portfolio;
  }

  @Override
  public void apply(LoggedEvent logged, Changes changes) {
    switch (json.event(logged)) {
      case MarketEvent market ->
          minute.advance(market.feedTime(), false, logged.position(), changes);
      case RouterEvent decided -> {
        minute.advance(decided.feedTime(), false, logged.position(), changes);
        OrderRow before = open.get(decided.orderId());
        keep(row(before, OrderView.fold(order(before), decided), logged), changes);
      }
      case ExecutionEvent execution -> {
        minute.advance(
            execution.feedTime(), execution instanceof OrderBlocked, logged.position(), changes);
        execution(execution, logged, changes);
      }
      default -> throw new IllegalArgumentException("not folded here: " + logged.payloadType());
    }
  }

  private void execution(ExecutionEvent event, LoggedEvent logged, Changes changes) {
    switch (event) {
      case OrderEvent ofOrder -> {
        OrderRow before = open.get(ofOrder.orderId());
        keep(row(before, OrderView.fold(order(before), ofOrder), logged), changes);
        if (ofOrder instanceof OrderAccepted accepted) {
          owned(accepted, logged, changes);
        }
        if (ofOrder instanceof OrderFilled filled) {
          filled(filled, logged, changes);
        }
      }
      case PortfolioMarked mark -> keep(PortfolioView.after(portfolio, mark), changes);
      case PortfolioReset reset -> keep(PortfolioView.after(reset), changes);
      case PositionClosed _,
          EngineCheckpointed _,
          ExecutionEvent.AlphasCrossed _,
          ExecutionEvent.FillMarkedOut _,
          ExecutionEvent.OrderReviewed _ -> {
        // A closed round is part of every account that follows; a checkpoint only repeats.
      }
    }
  }

  private static void owned(OrderAccepted accepted, LoggedEvent logged, Changes changes) {
    Set<String> owners = new TreeSet<>(List.of(accepted.intent().alphaId()));
    accepted.allocations().forEach(part -> owners.add(part.alphaId()));
    for (String alphaId : owners) {
      changes.upsert(ExecutionTables.ORDER_OWNER, List.of(alphaId, logged.position()), List.of());
    }
  }

  private void filled(OrderFilled filled, LoggedEvent logged, Changes changes) {
    changes.upsert(
        ExecutionTables.FILL,
        List.of(logged.position()),
        List.of(filled.symbol().value(), filled.alphaId(), json.column(OrderFillView.of(filled))));
    Set<String> owners = new TreeSet<>(List.of(filled.alphaId()));
    filled.shares().forEach(share -> owners.add(share.alphaId()));
    for (String alphaId : owners) {
      changes.upsert(ExecutionTables.FILL_OWNER, List.of(alphaId, logged.position()), List.of());
    }
    if (portfolio == null) {
      throw new IllegalStateException("a fill before the account began: " + filled.fillId());
    }
    keep(portfolio.after(filled), changes);
  }

  private void keep(OrderRow row, Changes changes) {
    OrderView order = row.order();
    if (order.status().isTerminal()) {
      open.remove(order.orderId());
    } else {
      open.put(order.orderId(), row);
    }
    changes.upsert(
        ExecutionTables.ORDER,
        List.of(order.orderId()),
        List.of(
            row.position(),
            order.status().name(),
            order.symbol().value(),
            order.alphaId(),
            json.column(order)));
  }

  private void keep(PortfolioView after, Changes changes) {
    portfolio = after;
    changes.upsert(
        ExecutionTables.PORTFOLIO, List.of(ExecutionProjection.PAPER), List.of(json.column(after)));
  }

  private static OrderRow row(@Nullable OrderRow before, OrderView after, LoggedEvent logged) {
    return new OrderRow(after, before == null ? logged.position() : before.position());
  }

  private static @Nullable OrderView order(@Nullable OrderRow row) {
    return row == null ? null : row.order();
  }
}
