package dev.papertape.command.market.book;

import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One venue: its sockets, and book and trades of each symbol that it lists. */
final class ListedVenue {
  /** What the venue has of one symbol. */
  record Listing(VenueBook book, TradeTape trades, StreamCounters klines) {}

  private final VenueProfile profile;
  private final VenueSockets sockets;
  private final Map<Symbol, Listing> listings = new TreeMap<>();
  private final Map<Integer, ConnectionSequence> sequences = new HashMap<>();
  private long malformed;

  ListedVenue(VenueProfile profile, MarketLimits limits) {
    this.profile = profile;
    this.sockets = new VenueSockets(profile.venue(), limits.socketIdleAfter());
  }

  VenueProfile profile() {
    return profile;
  }

  VenueSockets sockets() {
    return sockets;
  }

  @Nullable Listing listing(Symbol symbol) {
    return listings.get(symbol);
  }

  void list(Symbol symbol, Listing listing) {
    listings.put(symbol, listing);
  }

  Collection<Listing> listings() {
    return listings.values();
  }

  List<InstrumentRules> rules() {
    return listings.values().stream()
        .map(listing -> listing.book().view().instrument().rules())
        .toList();
  }

  /** A connection starts over; its frames are numbered anew. */
  void newConnection(int source) {
    sequences.remove(source);
  }

  /** Whether the frame follows the one before on its connection, where frames are numbered. */
  Verdict judge(Bundle frame) {
    Long number = frame.connectionSequence();
    return number == null
        ? Verdict.IN_ORDER
        : sequences.computeIfAbsent(frame.source(), _ -> new ConnectionSequence()).next(number);
  }

  void countMalformed() {
    malformed++;
  }

  long malformed() {
    return malformed;
  }
}
