package dev.papertape.command.market.recorded;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The instruments of one capture: those that its first look found, then what that look missed. */
final class RecordedListings {
  private final Recording recording;
  private final RecordedVenues venues;
  private final Map<Symbol, FinestSteps> finest;
  private final Set<Symbol> listed = ConcurrentHashMap.newKeySet();

  /**
   * @param finest steps of the venue's symbols, of all of its files
   */
  RecordedListings(Recording recording, RecordedVenues venues, Map<Symbol, FinestSteps> finest) {
    this.recording = recording;
    this.venues = venues;
    this.finest = finest;
  }

  boolean has(Symbol symbol) {
    return listed.contains(symbol);
  }

  /** What the whole file is known to be of. */
  InstrumentsListed first(Arrival arrival) {
    TreeSet<Symbol> symbols = new TreeSet<>(recording.finest().keySet());
    symbols.addAll(recording.stated().keySet());
    listed.addAll(symbols);
    return listing(arrival, symbols);
  }

  /** The symbol of a part of a frame, if it was not listed before; it counts as listed now. */
  @Nullable Symbol missed(VenueInput part) {
    Symbol symbol =
        switch (part) {
          case DepthDiff diff -> diff.symbol();
          case DepthSnapshot snapshot -> snapshot.symbol();
          case VenueInput.TradePrint trade -> trade.symbol();
          case Bundle _ -> throw new IllegalArgumentException("a frame is no part of one");
          default -> null;
        };
    return symbol != null && listed.add(symbol) ? symbol : null;
  }

  InstrumentsListed listing(Arrival arrival, Set<Symbol> symbols) {
    return new InstrumentsListed(
        arrival,
        symbols.stream().map(this::rules).toList(),
        recording.stated().keySet().containsAll(symbols));
  }

  private InstrumentRules rules(Symbol symbol) {
    InstrumentRules stated = recording.stated().get(symbol);
    return stated != null
        ? stated
        : venues.rules(
            recording.venue(),
            symbol,
            recording.symbols().wire(symbol),
            finest.getOrDefault(symbol, FinestSteps.NONE));
  }
}
