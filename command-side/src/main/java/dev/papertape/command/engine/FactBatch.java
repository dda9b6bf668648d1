package dev.papertape.command.engine;

import dev.papertape.command.chaos.ActiveExperiments;
import dev.papertape.command.engine.DeterministicIds.Kind;
import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaCommand;
import dev.papertape.contracts.alpha.AlphaEvent;
import dev.papertape.contracts.alpha.AlphaEvent.SignalReceived;
import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.execution.ExecutionEvent.EngineCheckpointed;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderEvent;
import dev.papertape.contracts.execution.ExecutionEvent.PortfolioReset;
import dev.papertape.contracts.execution.ExecutionEvent.PositionClosed;
import dev.papertape.contracts.guards.GuardsEvent;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.population.PopulationCommand;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.quality.QualityEvent.QuarantineEvent;
import dev.papertape.contracts.quality.QuarantineCommand;
import dev.papertape.contracts.regime.RegimeEvent;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.contracts.sizing.SizingEvent;
import dev.papertape.eventstore.append.IdempotencyClaim;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Collects what one input brought about; all of it goes into the log together. Knows each event's
 * stream and on whose behalf it happened. Owned by the engine's thread.
 */
final class FactBatch {
  private static final String ORDER = "order";
  private static final String PORTFOLIO = "portfolio:paper";
  private static final String REVIEWS = "reviews";
  private static final String CORRELATION_ID = "correlationId";
  static final String CAUSATION_ID = "causationId";
  private static final String RELEASE = "release";
  private static final String ARM = "arm";

  private final FactSink sink;
  private final DeterministicIds ids;
  private String release;
  private final Supplier<@Nullable String> experiments;
  private final Map<String, Map<String, String>> originOfOrder = new HashMap<>();
  private List<EngineFact> facts = new ArrayList<>();
  private long counter;

  /**
   * @param experiments ids of the fault experiments that are active just now, null without any
   */
  FactBatch(
      FactSink sink, DeterministicIds ids, String release, Supplier<@Nullable String> experiments) {
    this.experiments = experiments;
    this.sink = sink;
    this.ids = ids;
    this.release = release;
  }

  /** What is of no order is done under this release from now on. */
  void use(String activeRelease) {
    release = activeRelease;
  }

  /**
   * Every later event of the order carries this metadata, until {@link #forget}: the release that
   * it was decided under, also after another has become active.
   */
  void remember(String orderId, Map<String, String> origin, String decidedUnder, Arm arm) {
    Map<String, String> metadata = new HashMap<>(origin);
    metadata.putIfAbsent(CORRELATION_ID, orderId);
    metadata.put(RELEASE, decidedUnder);
    metadata.put(ARM, arm.name());
    originOfOrder.put(orderId, Map.copyOf(metadata));
  }

  /**
   * As {@link #remember}, of an order that an earlier life decided.
   *
   * @param metadata that its events carry
   */
  void recall(String orderId, Map<String, String> metadata) {
    originOfOrder.put(orderId, metadata);
  }

  /** The order is over. */
  void forget(String orderId) {
    originOfOrder.remove(orderId);
  }

  void add(MarketEvent event) {
    String venue = event.venue().name();
    add("venue:" + venue, "venue", event, byPart("market:" + venue));
  }

  void add(RegimeEvent event) {
    add(RegimeEvent.stream(event.symbol()), "regime", event, byPart("regime"));
  }

  void add(RouterEvent event) {
    leadsOn(event.orderId(), addOf(event.orderId(), event));
  }

  void add(ExecutionEvent event) {
    switch (event) {
      case OrderAccepted accepted ->
          leadsOn(accepted.orderId(), addOf(accepted.orderId(), accepted));
      case OrderEvent order -> addOf(order.orderId(), order);
      case ExecutionEvent.FillMarkedOut _, ExecutionEvent.OrderReviewed _ ->
          add(REVIEWS, "review", event, byPart("engine"));
      case EngineCheckpointed _ ->
          add(EngineCheckpointed.STREAM, "engine", event, byPart("engine"));
      case PositionClosed _ -> add(PORTFOLIO, "portfolio", event, byFillBefore());
      case ExecutionEvent.PortfolioMarked _, ExecutionEvent.AlphasCrossed _, PortfolioReset _ ->
          add(PORTFOLIO, "portfolio", event, byPart("engine"));
    }
  }

  /** Signals, records, and what the engine itself does to an alpha. */
  void add(AlphaEvent event) {
    switch (event) {
      case AlphaEvent.RegistryEvent alpha ->
          add(AlphaCommand.PREFIX + alpha.alphaId(), "alpha", event, byPart("engine"));
      case AlphaEvent.SignalReceived signal ->
          add(
              SignalReceived.stream(signal.alphaId(), signal.symbol()),
              SignalReceived.KIND,
              event,
              byPart("engine"));
      case AlphaEvent.SignalsCombined combined ->
          add("signals:" + combined.symbol(), "signals", event, byPart("engine"));
      case AlphaEvent.AlphaRecorded recorded ->
          add("alpha-record:" + recorded.alphaId(), "alpha-record", event, byPart("engine"));
    }
  }

  /** As {@link #add(AlphaEvent)}, on behalf of who sent it. */
  void addFor(Map<String, String> origin, SignalReceived event) {
    add(
        SignalReceived.stream(event.alphaId(), event.symbol()),
        SignalReceived.KIND,
        event,
        released(origin));
  }

  void add(SizingEvent event) {
    switch (event) {
      case SizingEvent.PositionSized sized ->
          add("sizing:" + sized.symbol(), "sizing", event, byPart("engine"));
    }
  }

  void add(SlosObserved event) {
    String stream = SlosObserved.stream(event.rolloutId());
    add(stream, "slo", event, byPart("engine"));
  }

  void add(PopulationEvent event) {
    String id = event.populationId();
    switch (event) {
      case PopulationEvent.MembersScored _ ->
          add(PopulationEvent.MembersScored.stream(id), "pbt-scores", event, byPart("engine"));
      case PopulationEvent.LineageEvent _ ->
          add(PopulationCommand.PREFIX + id, "population", event, byPart("population"));
      case PopulationEvent.PopulationEnlisted _ ->
          add(PopulationCommand.ROSTER, "populations", event, byPart("population"));
    }
  }

  void add(GuardsEvent event) {
    switch (event) {
      case GuardsEvent.StandingEvent standing ->
          add(GuardsEvent.StandingEvent.stream(standing.guard()), "guard", event, byPart("guards"));
      case GuardsEvent.GuardsObserved _ ->
          add(GuardsEvent.GuardsObserved.STREAM, "guards", event, byPart("guards"));
      case GuardsEvent.TradingEvent _, GuardsEvent.GuardLimitChanged _ ->
          throw new IllegalArgumentException("an operator's word: " + event);
    }
  }

  void add(QualityEvent event) {
    String part = "quality:" + event.venue();
    switch (event) {
      case QuarantineEvent quarantined ->
          add(
              QuarantineCommand.PREFIX + quarantined.quarantineId(),
              "quarantine",
              event,
              byPart(part));
      case QualityEvent.QualityObserved _ -> add(part, "quality", event, byPart(part));
    }
  }

  /** As {@link #add(ExecutionEvent)}, on behalf of whoever asked for it. */
  void addFor(Map<String, String> origin, PortfolioReset event) {
    add(PORTFOLIO, "portfolio", event, released(origin));
  }

  /** As {@link #add(ExecutionEvent)}, on behalf of whoever cancelled, within the order's story. */
  void addFor(Map<String, String> origin, OrderCancelled event) {
    Map<String, String> story = originOf(event.orderId());
    Map<String, String> metadata = new HashMap<>(released(origin));
    for (String ofTheOrder : List.of(CORRELATION_ID, RELEASE, ARM)) {
      if (story.containsKey(ofTheOrder)) {
        metadata.put(ofTheOrder, story.get(ofTheOrder));
      }
    }
    add(ORDER + ":" + event.orderId(), ORDER, event, Map.copyOf(metadata));
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

  private UUID addOf(String orderId, DomainEvent event) {
    return add(ORDER + ":" + orderId, ORDER, event, originOf(orderId));
  }

  private UUID add(
      String stream, String streamType, DomainEvent event, Map<String, String> origin) {
    UUID eventId = ids.uuid(Kind.EVENT, counter++);
    facts.add(new EngineFact(stream, streamType, eventId, event, tagged(origin)));
    return eventId;
  }

  private Map<String, String> tagged(Map<String, String> origin) {
    String active = experiments.get();
    if (active == null) {
      return origin;
    }
    Map<String, String> metadata = new HashMap<>(origin);
    metadata.put(ActiveExperiments.METADATA_KEY, active);
    return Map.copyOf(metadata);
  }

  /** What follows of the order follows from this event. */
  private void leadsOn(String orderId, UUID eventId) {
    originOfOrder.computeIfPresent(orderId, (_, origin) -> causedBy(eventId, origin));
  }

  /** A position is closed by the fill that was added just before. */
  private Map<String, String> byFillBefore() {
    EngineFact fill = facts.getLast();
    return causedBy(fill.eventId(), fill.origin());
  }

  private static Map<String, String> causedBy(UUID eventId, Map<String, String> origin) {
    Map<String, String> metadata = new HashMap<>(origin);
    metadata.put(CAUSATION_ID, eventId.toString());
    return Map.copyOf(metadata);
  }

  private Map<String, String> originOf(String orderId) {
    Map<String, String> origin = originOfOrder.get(orderId);
    return origin == null
        ? Map.of("actor", "engine", CORRELATION_ID, orderId, RELEASE, release)
        : origin;
  }

  private Map<String, String> released(Map<String, String> origin) {
    Map<String, String> metadata = new HashMap<>(origin);
    metadata.put(RELEASE, release);
    return Map.copyOf(metadata);
  }

  private Map<String, String> byPart(String part) {
    return Map.of("actor", part, RELEASE, release);
  }
}
