package dev.papertape.command.engine;

import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.EngineCheckpointed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.append.IdempotencyClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one input brought about; all of it goes into the log together. Knows each event's
 * stream and on whose behalf it happened. Owned by the engine's thread.
 */
final class FactBatch {
  private static final String ORDER = "order";

  private final FactSink sink;
  private final String release;
  private final Map<String, Map<String, String>> originOfOrder = new HashMap<>();
  private List<EngineFact> facts = new ArrayList<>();
  private long counter;

  FactBatch(FactSink sink, String release) {
    this.sink = sink;
    this.release = release;
  }

  /** Every later event of the order carries this metadata, until {@link #forget}. */
  void remember(String orderId, Map<String, String> origin) {
    Map<String, String> metadata = new HashMap<>(origin);
    metadata.putIfAbsent("correlationId", orderId);
    metadata.putIfAbsent("causationId", orderId);
    metadata.put("release", release);
    originOfOrder.put(orderId, Map.copyOf(metadata));
  }

  /** The order is over. */
  void forget(String orderId) {
    originOfOrder.remove(orderId);
  }

  void add(MarketEvent event) {
    String venue = event.venue().name();
    add("venue:" + venue, "venue", event, byPart("market:" + venue));
  }

  void add(RouterEvent event) {
    add(ORDER + ":" + event.orderId(), ORDER, event, originOf(event.orderId()));
  }

  void add(ExecutionEvent event) {
    switch (event) {
      case OrderEvent order ->
          add(ORDER + ":" + order.orderId(), ORDER, event, originOf(order.orderId()));
      case EngineCheckpointed _ ->
          add(EngineCheckpointed.STREAM, "engine", event, byPart("engine"));
      case ExecutionEvent.PositionClosed _,
          ExecutionEvent.PortfolioMarked _,
          ExecutionEvent.PortfolioReset _ ->
          add("portfolio:paper", "portfolio", event, byPart("engine"));
    }
  }

  /** As {@link #add(ExecutionEvent)}, on behalf of whoever asked for it. */
  void addFor(Map<String, String> origin, ExecutionEvent.PortfolioReset event) {
    Map<String, String> metadata = new HashMap<>(origin);
    metadata.put("release", release);
    add("portfolio:paper", "portfolio", event, Map.copyOf(metadata));
  }

  /** Hands over what was collected; null when there is nothing. */
  @Nullable FactReceipt flush(@Nullable IdempotencyClaim claim) {
    if (facts.isEmpty()) {
      return null;
    }
    List<EngineFact> collected = facts;
    facts = new ArrayList<>();
    return sink.append(collected, claim);
  }

  private void add(
      String stream, String streamType, DomainEvent event, Map<String, String> origin) {
    facts.add(new EngineFact(stream, streamType, counter++, event, origin));
  }

  private Map<String, String> originOf(String orderId) {
    Map<String, String> origin = originOfOrder.get(orderId);
    return origin == null ? byPart("engine") : origin;
  }

  private Map<String, String> byPart(String part) {
    return Map.of("actor", part, "release", release);
  }
}
