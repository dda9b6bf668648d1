package dev.papertape.command.engine;

import dev.papertape.command.deploy.Releases;
import dev.papertape.command.deploy.RolloutMetrics;
import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.command.guards.GuardMetrics;
import dev.papertape.command.quality.QualityMetrics;
import dev.papertape.command.regime.RegimeMetrics;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.execution.ExecutionEvent.OrderBlocked;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardCleared;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.MarketEvent.BookResynced;
import dev.papertape.contracts.market.MarketEvent.CandlesSynced;
import dev.papertape.contracts.market.MarketEvent.VenueConnected;
import dev.papertape.contracts.market.MarketEvent.VenueDisconnected;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.MarketEvent.VenueScored;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.regime.RegimeEvent;
import dev.papertape.contracts.regime.RegimeEvent.RegimeChanged;
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
  private final RolloutMetrics rollouts;
  private final GuardMetrics guards;
  private final RegimeMetrics regimes;
  private final Map<Venue, Map<Symbol, AtomicReference<Double>>> candlesSyncedAt =
      new ConcurrentHashMap<>();
  private final Counter lives;
  private volatile boolean running;

  /**
   * @param venues the configured ones with their symbols
   */
  public EngineMetrics(MeterRegistry registry, Map<Venue, List<Symbol>> venues) {
    this.registry = registry;
    this.quality = new QualityMetrics(registry, venues.keySet());
    this.rollouts = new RolloutMetrics(registry);
    this.regimes =
        new RegimeMetrics(registry, venues.values().stream().flatMap(List::stream).toList());
    this.lives =
        Counter.builder("engine.lives")
            .description("Lives of the engine in this process; each but the first follows an end")
            .register(registry);
    decisions(NO_VENUE, "UNROUTABLE");
    this.guards = new GuardMetrics(registry, venues);
    for (GuardName reason : GuardName.values()) {
      blocked(reason.name());
    }
    venues.forEach(
        (venue, symbols) -> {
          decisions(venue.name(), "ROUTED");
          score(venue);
          connected(venue);
          for (Symbol symbol : symbols) {
            resyncs(venue, symbol.value(), "INITIAL");
            candlesSyncedAt(venue, symbol);
          }
        });
  }

  @Override
  public void began(Set<Venue> venues) {
    scores.values().forEach(score -> score.set(0.0));
    connected.values().forEach(socket -> socket.set(0.0));
    candlesSyncedAt.values().forEach(each -> each.values().forEach(latest -> latest.set(0.0)));
    guards.began();
    lives.increment();
    running = true;
  }

  @Override
  public void released(Releases releases) {
    rollouts.releases(releases);
  }

  @Override
  public void tripped(List<GuardSeen> left) {
    left.forEach(each -> guards.set(each.guard(), each.scope(), true));
  }

  @Override
  public void regimes(List<RegimeChanged> lastTold) {
    regimes.recalled(lastTold);
  }

  /** A fact may become durable after the end of its life, so the gauges ask for the life. */
  @Override
  public void recovered(SlosObserved observed) {
    rollouts.goOnFrom(observed);
  }

  @Override
  public void ended() {
    guards.ended();
    running = false;
    regimes.ended();
  }

  @Override
  public void durable(List<EngineFact> facts, Appended appended) {
    for (EngineFact fact : facts) {
      switch (fact.event()) {
        case RouterEvent event -> decided(event);
        case OrderBlocked event -> blocked(event.reason()).increment();
        case MarketEvent event -> market(event);
        case QualityEvent event -> quality.durable(event);
        case GuardTripped event -> guards.set(event.guard(), event.scope(), true);
        case GuardCleared event -> guards.set(event.guard(), event.scope(), false);
        case RegimeEvent event -> regimes.durable(event);
        case SlosObserved event -> rollouts.observed(event);
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
              .forEach(
                  rules -> {
                    resyncs(event.venue(), rules.symbol().value(), "INITIAL");
                    candlesSyncedAt(event.venue(), rules.symbol());
                  });
      case VenueConnected _ -> connected(event.venue()).set(1.0);
      case VenueDisconnected _ -> connected(event.venue()).set(0.0);
      case BookResynced resynced ->
          resyncs(event.venue(), resynced.symbol().value(), resynced.reason()).increment();
      case VenueScored scored -> score(event.venue()).set(scored.score());
      case CandlesSynced synced -> candlesSynced(synced);
    }
  }

  /** A sync of the whole venue is one of each of its symbols. */
  private void candlesSynced(CandlesSynced synced) {
    double seconds = synced.feedTime().toEpochMilli() / 1000.0;
    Symbol only = synced.symbol();
    if (only != null) {
      candlesSyncedAt(synced.venue(), only).set(seconds);
    } else {
      candlesSyncedAt
          .getOrDefault(synced.venue(), Map.of())
          .values()
          .forEach(latest -> latest.set(seconds));
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

  /** 0 until the candles have been synced in the engine's present life. */
  private AtomicReference<Double> candlesSyncedAt(Venue venue, Symbol symbol) {
    return candlesSyncedAt
        .computeIfAbsent(venue, _ -> new ConcurrentHashMap<>())
        .computeIfAbsent(
            symbol,
            _ -> {
              AtomicReference<Double> value = new AtomicReference<>(0.0);
              Gauge.builder("ohlcv.last.sync.ts", value, latest -> running ? latest.get() : 0.0)
                  .baseUnit("seconds")
                  .description("Feed time at which a stream's candles were last complete")
                  .tags("venue", venue.name(), "symbol", symbol.value())
                  .strongReference(true)
                  .register(registry);
              return value;
            });
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
