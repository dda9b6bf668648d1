package dev.papertape.command.engine;

import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.command.market.Scale;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.append.Appended;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * What can be traded here, as the engine's venues registered it in its present life. Until each of
 * them has, the finest steps of a symbol are not known: a venue that is late might list it finer,
 * or alone. A venue that stays away is waited for {@link #LONGEST_WAIT} only. Thread-safe.
 */
public final class Listings implements LifeListener {
  /** How long a life waits for its venues to say what they list, by the clock. */
  static final Duration LONGEST_WAIT = Duration.ofSeconds(3);

  private final InstantSource clock;
  private volatile Awaited awaited = new Awaited(Set.of(), Instant.MAX);
  private final Map<Venue, List<InstrumentRules>> rules = new ConcurrentSkipListMap<>();

  private record Awaited(Set<Venue> venues, Instant until) {}

  public Listings(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void began(Set<Venue> venues) {
    rules.clear();
    awaited = new Awaited(Set.copyOf(venues), clock.instant().plus(LONGEST_WAIT));
  }

  @Override
  public void ended() {
    awaited = new Awaited(Set.of(), Instant.MAX);
  }

  @Override
  public void durable(List<EngineFact> facts, Appended appended) {
    for (EngineFact fact : facts) {
      if (fact.event() instanceof VenueRegistered registered) {
        rules.put(registered.venue(), registered.symbols());
      }
    }
  }

  /** Whether what is listed can be relied on: every venue has registered, or was waited for. */
  boolean isComplete() {
    Awaited life = awaited;
    return !rules.isEmpty()
        && ((!life.venues.isEmpty() && rules.keySet().containsAll(life.venues))
            || !clock.instant().isBefore(life.until));
  }

  /** Venues, each with the symbols that it lists. */
  public Map<Venue, List<Symbol>> symbolsByVenue() {
    Map<Venue, List<Symbol>> symbols = new TreeMap<>();
    rules.forEach(
        (venue, listed) ->
            symbols.put(venue, listed.stream().map(InstrumentRules::symbol).sorted().toList()));
    return symbols;
  }

  /** Every symbol with the decimals of its finest tick and lot over all venues. */
  public Map<Symbol, Scale> finestSteps() {
    Map<Symbol, Scale> steps = new TreeMap<>();
    for (List<InstrumentRules> listed : rules.values()) {
      for (InstrumentRules each : listed) {
        steps.merge(
            each.symbol(),
            new Scale(decimals(each.tickSize()), decimals(each.lotSize())),
            Listings::finer);
      }
    }
    return steps;
  }

  private static Scale finer(Scale a, Scale b) {
    return new Scale(
        Math.max(a.priceDecimals(), b.priceDecimals()),
        Math.max(a.quantityDecimals(), b.quantityDecimals()));
  }

  private static int decimals(BigDecimal step) {
    return Math.max(0, step.stripTrailingZeros().scale());
  }
}
