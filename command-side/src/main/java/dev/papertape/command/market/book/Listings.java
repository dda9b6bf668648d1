package dev.papertape.command.market.book;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.Scale;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.candle.CandleSettings;
import dev.papertape.command.market.candle.CandleStream;
import dev.papertape.command.market.candle.StandingQuotes;
import dev.papertape.command.quality.BarLedger;
import dev.papertape.command.quality.QualityPolicy;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Which symbols trade where: makes a book for each, on the scale that its symbol shares. */
final class Listings {
  private final Map<Venue, ListedVenue> venues;
  private final Map<Symbol, SymbolScale> scales = new TreeMap<>();
  private final Map<Symbol, List<BookView>> booksBySymbol = new HashMap<>();
  private final MarketLimits limits;
  private final SnapshotRequests requests;
  private final RandomGenerator random;
  private final Function<Scale, LevelBook> newBook;
  private final QualityPolicy policy;
  private final CandleSettings candles;
  private final Map<Venue, Map<Symbol, CandleMemory>> memories = new HashMap<>();

  Listings(
      Map<Venue, ListedVenue> venues,
      MarketLimits limits,
      SnapshotRequests requests,
      RandomGenerator random,
      Function<Scale, LevelBook> newBook,
      QualityPolicy policy,
      CandleSettings candles) {
    this.policy = policy;
    this.venues = venues;
    this.limits = limits;
    this.requests = requests;
    this.random = random;
    this.newBook = newBook;
    this.candles = candles;
  }

  void recall(Venue venue, Symbol symbol, CandleMemory memory) {
    memories.computeIfAbsent(venue, _ -> new HashMap<>()).put(symbol, memory);
  }

  /** Books of the symbol at all venues that list it, ordered by venue name. */
  List<BookView> books(Symbol symbol) {
    return booksBySymbol.getOrDefault(symbol, List.of());
  }

  Set<Symbol> symbols() {
    return Collections.unmodifiableSet(scales.keySet());
  }

  /** The venue trades these by these rules; a fact if that is news. */
  void list(ListedVenue venue, InstrumentsListed listed, Instant feedTime, Listener listener) {
    List<InstrumentRules> before = venue.rules();
    listed.instruments().forEach(rules -> list(venue, rules, listed.stated(), feedTime));
    if (!before.equals(venue.rules())) {
      VenueProfile profile = venue.profile();
      listener.fact(
          new VenueRegistered(
              profile.venue(),
              profile.kind(),
              profile.endpoints(),
              venue.rules(),
              profile.fees(),
              profile.latency(),
              profile.capabilities(),
              profile.integrity(),
              feedTime));
    }
  }

  private void list(ListedVenue venue, InstrumentRules rules, boolean stated, Instant feedTime) {
    SymbolScale scale = scales.computeIfAbsent(rules.symbol(), _ -> new SymbolScale());
    try {
      scale.admit(decimals(rules.tickSize()), decimals(rules.lotSize()));
    } catch (ArithmeticException tooFine) {
      return; // Cannot be kept exactly, so it is not listed: VenueRegistered shows it missing.
    }
    VenueProfile profile = venue.profile();
    Instrument instrument =
        new Instrument(profile.venue(), rules, scale.scale(), profile.fees(), profile.latency());
    ListedVenue.Listing known = venue.listing(rules.symbol());
    if (known != null) {
      known.book().view().relist(instrument, stated);
      known.trades().relist(stated);
      return;
    }
    LevelBook levels = newBook.apply(scale.scale());
    scale.share(levels);
    BookFace face =
        new BookFace(instrument, stated, levels, scale, limits.bookStaleAfter(), policy);
    SnapshotSchedule schedule = new SnapshotSchedule(limits, random);
    boolean refetchable = profile.kind() != VenueKind.RECORDED;
    VenueBook book = new VenueBook(face, limits, requests, schedule, refetchable, policy);
    if (venue.sockets().connected()) {
      book.connected(feedTime);
    }
    BarLedger bars = new BarLedger(profile.venue(), rules.symbol(), policy);
    CandleStream stream = candles(profile, rules, face, bars);
    if (venue.sockets().connected()) {
      stream.connected(feedTime);
    }
    venue.list(
        rules.symbol(),
        new ListedVenue.Listing(book, new TradeTape(face, scale, stated, policy), stream, bars));
    booksBySymbol.put(rules.symbol(), findBooks(rules.symbol()));
  }

  private CandleStream candles(
      VenueProfile profile, InstrumentRules rules, BookView book, BarLedger counts) {
    StandingQuotes quotes = new StandingQuotes(book);
    return new CandleStream(
        profile.venue(),
        rules.symbol(),
        profile.candles(),
        candles
            .judges()
            .judge(profile.venue(), profile.candles(), rules, this::barElsewhere, quotes),
        quotes,
        candles,
        memories
            .getOrDefault(profile.venue(), Map.of())
            .getOrDefault(rules.symbol(), CandleMemory.NONE),
        counts);
  }

  private @Nullable Bar barElsewhere(Venue than, Symbol symbol, Instant openTime) {
    for (ListedVenue venue : venues.values()) {
      ListedVenue.Listing listing = venue.listing(symbol);
      Bar bar =
          listing == null || venue.profile().venue().equals(than)
              ? null
              : listing.candles().bar(openTime);
      if (bar != null) {
        return bar;
      }
    }
    return null;
  }

  private static int decimals(BigDecimal step) {
    return Math.max(0, step.stripTrailingZeros().scale());
  }

  private List<BookView> findBooks(Symbol symbol) {
    List<BookView> books = new ArrayList<>();
    for (ListedVenue venue : venues.values()) {
      ListedVenue.Listing listing = venue.listing(symbol);
      if (listing != null) {
        books.add(listing.book().view());
      }
    }
    return List.copyOf(books);
  }
}
