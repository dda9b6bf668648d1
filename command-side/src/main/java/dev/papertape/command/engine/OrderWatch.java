package dev.papertape.command.engine;

import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.append.Appended;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The orders somebody waits for. Started on the engine's thread before the order's first fact is
 * handed over, fed by the appender's thread.
 */
final class OrderWatch {
  private final Map<String, OrderProgress> watched = new ConcurrentHashMap<>();

  OrderProgress start(String orderId) {
    OrderProgress progress = new OrderProgress(orderId);
    watched.put(orderId, progress);
    return progress;
  }

  /** A unit of work is in the log. */
  void durable(List<EngineFact> facts, Appended appended) {
    if (watched.isEmpty()) {
      return;
    }
    Set<OrderProgress> touched = new LinkedHashSet<>();
    long position = appended.first();
    for (EngineFact fact : facts) {
      if (fact.event() instanceof OrderEvent event) {
        OrderProgress progress = watched.get(event.orderId());
        if (progress != null) {
          progress.apply(event, position, appended.recordedAt());
          touched.add(progress);
        }
      } else if (fact.event() instanceof RouterEvent event) {
        OrderProgress progress = watched.get(event.orderId());
        if (progress != null) {
          progress.apply(event, position, appended.recordedAt());
          touched.add(progress);
        }
      }
      position++;
    }
    for (OrderProgress progress : touched) {
      progress.unitIsDurable();
      if (progress.settled().isDone()) {
        watched.remove(progress.orderId());
      }
    }
  }

  /** Nothing more will become durable in this engine's life. */
  void endAll(Throwable cause) {
    watched.values().forEach(progress -> progress.end(cause));
    watched.clear();
  }
}
