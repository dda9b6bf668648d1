package dev.papertape.command.engine;

import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.command.guards.GuardVerdict;
import dev.papertape.command.quality.QualityMetrics;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.MarketEvent.BookResynced;
import dev.papertape.contracts.market.MarketEvent.VenueConnected;
import dev.papertape.contracts.market.MarketEvent.VenueDisconnected;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.MarketEvent.VenueScored;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.contracts.router.RouterEvent.OrderRouted;
import dev.papertape.contracts.router.RouterEvent.OrderUnroutable;
import dev.papertape.eventstore.append.Appended;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The engine's metrics, counted from durable facts, so that a counter never says more than the log.
 * Every name is there from the first scrape on. A process that stands by knows nothing of venues,
 * so their gauges show 0 there.
 */
public final class EngineMetrics implements LifeListener {
  private static final String NO_VENUE = "none";

  private final MeterRegistry registry;
  private final Map<Venue, AtomicReference<Double>> scores = new ConcurrentHashMap<>();
  private final Map<Venue, AtomicReference<Double>> connected = new ConcurrentHashMap<>();
  private final QualityMetrics quality;
  private final Counter lives;
  private volatile boolean running;

  /**
   * @param venues the configured ones with their symbols
   */
  public EngineMetrics(MeterRegistry registry, Map<Venue, List<Symbol>> venues) {
    this.registry = registry;
    this.quality = new QualityMetrics(registry, venues.keySet());
    this.lives =
        Counter.builder("engine.lives")
            .description("Lives of the engine in this process; each but the first follows an end")
            .register(registry);
    decisions(NO_VENUE, "UNROUTABLE");
    for (GuardVerdict.Reason reason : GuardVerdict.Reason.values()) {
      blocked(reason.name());
    }
    venues.forEach(
        (venue, symbols) -> {
          decisions(venue.name(), "ROUTED");
          score(venue);
          connected(venue);
          symbols.forEach(symbol -> resyncs(venue, symbol.value(), "INITIAL"));
        });
  }

  @Override
  public void began(Set<Venue> venues) {
    scores.values().forEach(score -> score.set(0.0));
    connected.values().forEach(socket -> socket.set(0.0));
    lives.increment();
    running = true;
  }

  /** A fact may become durable after the end of its life, so the gauges ask for the life. */
  @Override
  public void ended() {
    running = false;
  }

  @Override
  public void durable(List<EngineFact> facts, Appended appended) {
    for (EngineFact fact : facts) {
      switch (fact.event()) {
        case RouterEvent event -> decided(event);
        case OrderBlocked event -> blocked(event.reason()).increment();
        case MarketEvent event -> market(event);
        case QualityEvent event -> quality.durable(event);
        default -> {}
      }
    }
  }

  private void decided(RouterEvent event) {
    switch (event) {
      case OrderRouted routed ->
          decisions(routed.decision().legs().getFirst().venue().name(), "ROUTED").increment();
      case OrderUnroutable _ -> decisions(NO_VENUE, "UNROUTABLE").increment();
    }
  }

  private void market(MarketEvent event) {
    switch (event) {
      case VenueRegistered registered ->
          registered
              .symbols()
              .forEach(rules -> resyncs(event.venue(), rules.symbol().value(), "INITIAL"));
      case VenueConnected _ -> connected(event.venue()).set(1.0);
      case VenueDisconnected _ -> connected(event.venue()).set(0.0);
      case BookResynced resynced ->
          resyncs(event.venue(), resynced.symbol().value(), resynced.reason()).increment();
      case VenueScored scored -> score(event.venue()).set(scored.score());
    }
  }

  private Counter decisions(String venue, String outcome) {
    return Counter.builder("router.decisions")
        .description("Routing decisions, each once: by the venue of its largest leg")
        .tags("venue", venue, "outcome", outcome)
        .register(registry);
  }

  private Counter blocked(String reason) {
    return Counter.builder("exec.blocked")
        .description("Orders that a guard refused")
        .tags("reason", reason)
        .register(registry);
  }

  private Counter resyncs(Venue venue, String symbol, String reason) {
    return Counter.builder("l2.resyncs")
        .description("Books that went from broken to synced")
        .tags("venue", venue.name(), "symbol", symbol, "reason", reason)
        .register(registry);
  }

  private AtomicReference<Double> score(Venue venue) {
    return gauge(scores, venue, "venue.score", "Quality of service of a venue, 0 to 1");
  }

  private AtomicReference<Double> connected(Venue venue) {
    return gauge(connected, venue, "price.stream.connected", "Whether a venue's socket is open");
  }

  private AtomicReference<Double> gauge(
      Map<Venue, AtomicReference<Double>> values, Venue venue, String name, String description) {
    return values.computeIfAbsent(
        venue,
        _ -> {
          AtomicReference<Double> value = new AtomicReference<>(0.0);
          Gauge.builder(name, value, latest -> running ? latest.get() : 0.0)
              .description(description)
              .tags("venue", venue.name())
              .strongReference(true)
              .register(registry);
          return value;
        });
  }
}
