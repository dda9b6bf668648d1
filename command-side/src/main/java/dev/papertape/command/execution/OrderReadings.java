package dev.papertape.command.execution;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.execution.OrderView;
import dev.papertape.contracts.router.PlacedOrder;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An order read back from its stream in the log. */
public final class OrderReadings {
  private final EventLog log;
  private final Function<LoggedEvent, DomainEvent> decode;

  public OrderReadings(EventLog log, Function<LoggedEvent, DomainEvent> decode) {
    this.log = log;
    this.decode = decode;
  }

  /** Empty when there is no such order. */
  public Optional<PlacedOrder> find(String orderId) {
    List<LoggedEvent> stream = log.stream("order:" + orderId, 0);
    OrderView order = null;
    for (LoggedEvent row : stream) {
      order = fold(order, decode.apply(row));
    }
    if (order == null) {
      return Optional.empty();
    }
    LoggedEvent newest = stream.getLast();
    return Optional.of(new PlacedOrder(order, newest.position(), newest.recordedAt()));
  }

  /** An order that is known to be in the log. */
  PlacedOrder fromLog(String orderId) {
    return find(orderId)
        .orElseThrow(() -> new IllegalStateException("order " + orderId + " is not in the log"));
  }

  private static @Nullable OrderView fold(@Nullable OrderView before, DomainEvent event) {
    return switch (event) {
      case OrderEvent order -> OrderView.fold(before, order);
      case RouterEvent routing -> OrderView.fold(before, routing);
      default -> before;
    };
  }
}
