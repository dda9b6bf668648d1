package dev.papertape.command.engine;

import dev.papertape.command.engine.FactSink.EngineFact;
import dev.papertape.command.market.Scale;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.append.Appended;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** What can be traded here, as the engine's venues registered it. Thread-safe. */
public final class Listings implements EngineLife.DurableFacts {
  private final Map<Venue, List<InstrumentRules>> rules = new ConcurrentSkipListMap<>();

  @Override
  public void durable(List<EngineFact> facts, Appended appended) {
    for (EngineFact fact : facts) {
      if (fact.event() instanceof VenueRegistered registered) {
        rules.put(registered.venue(), registered.symbols());
      }
    }
  }

  /** Whether no venue was registered by this process yet. */
  boolean isEmpty() {
    return rules.isEmpty();
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
