package dev.papertape.command.market.book;

import dev.papertape.command.market.VenueInput.Bundle;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.candle.CandleStream;
import dev.papertape.command.market.candle.VenueCandles;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One venue: its sockets, and book, trades and candles of each symbol that it lists. */
final class ListedVenue {
  /** What the venue has of one symbol. */
  record Listing(
      VenueBook book, TradeTape trades, CandleStream candles, StreamCounters candleCounts) {}

  private final VenueProfile profile;
  private final VenueSockets sockets;
  private final Map<Symbol, Listing> listings = new TreeMap<>();
  private final Map<Integer, ConnectionSequence> sequences = new HashMap<>();
  private final VenueCandles candles;
  private long malformed;

  ListedVenue(VenueProfile profile, MarketLimits limits) {
    this.profile = profile;
    this.sockets = new VenueSockets(profile.venue(), limits.socketIdleAfter());
    this.candles = new VenueCandles(profile.venue());
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

  /** The venue's candles as a whole. */
  VenueCandles candles() {
    return candles;
  }

  /** Each symbol's candles. */
  List<CandleStream> candleStreams() {
    return listings.values().stream().map(Listing::candles).toList();
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
