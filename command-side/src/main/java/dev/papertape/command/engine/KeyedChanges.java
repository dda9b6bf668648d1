package dev.papertape.command.engine;

import dev.papertape.command.engine.EngineCommand.CancelOrder;
import dev.papertape.command.engine.EngineCommand.PlaceOrder;
import dev.papertape.command.engine.EngineCommand.ResetPortfolio;
import dev.papertape.command.execution.Cancellation;
import dev.papertape.command.execution.ExecutionDesk;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.contracts.execution.Allocation;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.execution.OrderStatus;
import dev.papertape.eventstore.append.IdempotencyClaim;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What people and programs ask the engine to change, each at most once under its key: orders,
 * cancellations, a new account. Owned by the engine's thread.
 */
final class KeyedChanges {
  private final OrderEntry entry;
  private final ExecutionDesk desk;
  private final FactBatch facts;
  private final OrderWatch watch;
  private final BigDecimal initialCash;
  private final Consumer<PortfolioReset> onReset;
  private final RecentKeys<OrderProgress> placedUnder = new RecentKeys<>();
  private final RecentKeys<FactReceipt> cancelledUnder = new RecentKeys<>();
  private final RecentKeys<FactReceipt> resetUnder = new RecentKeys<>();

  /**
   * @param initialCash of a new account, quote units
   * @param onReset takes over a new account before its fact is handed over
   */
  KeyedChanges(
      OrderEntry entry,
      ExecutionDesk desk,
      FactBatch facts,
      OrderWatch watch,
      BigDecimal initialCash,
      Consumer<PortfolioReset> onReset) {
    this.entry = entry;
    this.desk = desk;
    this.facts = facts;
    this.watch = watch;
    this.initialCash = initialCash;
    this.onReset = onReset;
  }

  void place(PlaceOrder order, long frame, Instant feedTime) {
    String orderId = entry.nextOrderId();
    IdempotencyClaim claim = order.claims().apply(orderId);
    OrderProgress before = placedUnder.find(claim);
    if (before != null) {
      order.accepted().complete(before);
      return;
    }
    OrderProgress progress = watch.start(orderId);
    placedUnder.keep(claim, progress);
    // Whatever name an order of people bears: it is no alpha's.
    List<Allocation> owner = List.of(new Allocation(OrderIntent.MANUAL, order.intent().quantity()));
    entry.place(order.intent(), "mailbox", owner, List.of(), order.origin(), frame, feedTime);
    facts.flush(claim);
    order.accepted().complete(progress);
  }

  void cancel(CancelOrder cancel, long frame, Instant feedTime) {
    FactReceipt before = cancelledUnder.find(cancel.claim());
    if (before != null) {
      cancel.done().complete(new CancelOutcome.Cancelled(before));
      return;
    }
    Cancellation outcome = desk.cancel(cancel.orderId(), cancel.reason(), frame, feedTime);
    switch (outcome) {
      case Cancellation.NotOpen _ -> cancel.done().complete(new CancelOutcome.NotOpen());
      case Cancellation.NotResting(OrderStatus status) ->
          cancel.done().complete(new CancelOutcome.NotResting(status));
      case Cancellation.Done(ExecutionEvent.OrderCancelled event) -> {
        facts.addFor(cancel.origin(), event);
        facts.forget(event.orderId());
        FactReceipt receipt = flushed(cancel.claim());
        cancelledUnder.keep(cancel.claim(), receipt);
        cancel.done().complete(new CancelOutcome.Cancelled(receipt));
      }
    }
  }

  void reset(ResetPortfolio reset, long frame, Instant feedTime) {
    IdempotencyClaim claim = reset.claim();
    FactReceipt before = resetUnder.find(claim);
    if (before != null) {
      reset.done().complete(before);
      return;
    }
    PortfolioReset event =
        new PortfolioReset(Portfolio.CURRENCY, initialCash, reset.reason(), frame, feedTime);
    onReset.accept(event);
    facts.addFor(reset.origin(), event);
    FactReceipt receipt = flushed(claim);
    resetUnder.keep(claim, receipt);
    reset.done().complete(receipt);
  }

  private FactReceipt flushed(@Nullable IdempotencyClaim claim) {
    FactReceipt receipt = facts.flush(claim);
    if (receipt == null) {
      throw new IllegalStateException("a command that changed something left no fact");
    }
    return receipt;
  }
}
