package dev.papertape.command.market.book;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.Scale;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The engine's market: every venue's sockets, books and trades. Deterministic in its inputs. */
public final class VenueBooks implements MarketState {
  private final Map<Venue, ListedVenue> venues = new TreeMap<>();
  private final Map<Symbol, SymbolScale> scales = new TreeMap<>();
  private final Map<Symbol, List<BookView>> booksBySymbol = new HashMap<>();
  private final MarketLimits limits;
  private final SnapshotRequests requests;
  private final RandomGenerator random;
  private final Function<Scale, LevelBook> newBook;
  private Instant feedTime = Instant.MIN;

  /**
   * @param profiles all venues that may ever speak; a frame of another venue is ignored
   * @param random jitter of snapshot requests; seeded, for equal runs
   */
  public VenueBooks(
      Collection<VenueProfile> profiles,
      MarketLimits limits,
      SnapshotRequests requests,
      RandomGenerator random) {
    this(profiles, limits, requests, random, FastOrderBook::new);
  }

  /** With the obvious books instead of the fast ones, to measure or to cross-check against. */
  public static VenueBooks naive(Collection<VenueProfile> profiles, RandomGenerator random) {
    return new VenueBooks(
        profiles, MarketLimits.defaults(), SnapshotRequests.NONE, random, NaiveOrderBook::new);
  }

  private VenueBooks(
      Collection<VenueProfile> profiles,
      MarketLimits limits,
      SnapshotRequests requests,
      RandomGenerator random,
      Function<Scale, LevelBook> newBook) {
    this.limits = limits;
    this.requests = requests;
    this.random = random;
    this.newBook = newBook;
    profiles.forEach(profile -> venues.put(profile.venue(), new ListedVenue(profile, limits)));
  }

  @Override
  public void apply(MarketInput input, Listener listener) {
    ListedVenue venue = venues.get(input.venue());
    if (venue == null || !(input instanceof VenueInput frame)) {
      return;
    }
    if (frame.receivedAt().isAfter(feedTime)) {
      feedTime = frame.receivedAt();
    }
    switch (frame) {
      case VenueInput.SocketOpened opened -> {
        venue.sockets().opened(opened.source(), opened.endpoint(), feedTime, listener);
        venue.listings().forEach(listing -> listing.book().connected(feedTime));
      }
      case VenueInput.SocketClosed closed -> {
        venue.sockets().closed(closed.source(), closed.reason(), feedTime, listener);
        venue.listings().forEach(listing -> listing.book().disconnected(feedTime, listener));
      }
      case InstrumentsListed listed -> list(venue, listed.instruments(), listener);
      case VenueInput.SnapshotFailed failed -> {
        ListedVenue.Listing listing = venue.listing(failed.symbol());
        if (listing != null) {
          listing.book().snapshotFailed(failed, feedTime);
        }
      }
      default -> {
        if (!answersRequest(frame)) {
          venue.sockets().frame(frame.source(), feedTime, listener);
        }
        frame(venue, frame, listener);
      }
    }
  }

  private void frame(ListedVenue venue, VenueInput frame, Listener listener) {
    if (frame instanceof VenueInput.MalformedFrame) {
      venue.countMalformed();
    }
    Symbol symbol = symbolOf(frame);
    ListedVenue.Listing listing = symbol == null ? null : venue.listing(symbol);
    if (listing == null) {
      return;
    }
    VenueBook book = listing.book();
    switch (frame) {
      case VenueInput.DepthDiff diff -> book.diff(diff, feedTime, listener);
      case VenueInput.DepthSnapshot snapshot -> book.snapshot(snapshot, feedTime, listener);
      case VenueInput.TopOfBook quote -> book.quoted(quote, feedTime, listener);
      case VenueInput.TradePrint trade -> listing.trades().print(trade, listener);
      case VenueInput.Kline kline -> {
        listing.klines().received(kline.receivedAt());
        listing.klines().accepted();
      }
      case VenueInput.MalformedFrame _ -> book.malformed(feedTime, listener);
      case VenueInput.OtherFrame _,
          VenueInput.SocketOpened _,
          VenueInput.SocketClosed _,
          InstrumentsListed _,
          VenueInput.SnapshotFailed _ -> {}
    }
  }

  private static @Nullable Symbol symbolOf(VenueInput frame) {
    return switch (frame) {
      case VenueInput.DepthDiff diff -> diff.symbol();
      case VenueInput.DepthSnapshot snapshot -> snapshot.symbol();
      case VenueInput.TopOfBook quote -> quote.symbol();
      case VenueInput.TradePrint trade -> trade.symbol();
      case VenueInput.Kline kline -> kline.symbol();
      case VenueInput.MalformedFrame malformed -> malformed.bookOf();
      case VenueInput.SnapshotFailed failed -> failed.symbol();
      case VenueInput.OtherFrame _,
          VenueInput.SocketOpened _,
          VenueInput.SocketClosed _,
          InstrumentsListed _ ->
          null;
    };
  }

  /** A REST answer says nothing of the socket's health. */
  private static boolean answersRequest(VenueInput frame) {
    return frame instanceof VenueInput.DepthSnapshot snapshot
        && snapshot.epoch() != VenueInput.DepthSnapshot.INLINE;
  }

  private void list(ListedVenue venue, List<InstrumentRules> rules, Listener listener) {
    List<InstrumentRules> before = venue.rules();
    rules.forEach(rule -> list(venue, rule));
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

  private void list(ListedVenue venue, InstrumentRules rules) {
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
      known.book().view().relist(instrument);
      return;
    }
    LevelBook levels = newBook.apply(scale.scale());
    scale.share(levels);
    BookFace face = new BookFace(instrument, levels, scale, limits.bookStaleAfter());
    SnapshotSchedule schedule = new SnapshotSchedule(limits, random);
    boolean refetchable = profile.kind() != VenueKind.RECORDED;
    VenueBook book = new VenueBook(face, limits, requests, schedule, refetchable);
    if (venue.sockets().connected()) {
      book.connected(feedTime);
    }
    venue.list(
        rules.symbol(), new ListedVenue.Listing(book, new TradeTape(scale), new StreamCounters()));
    booksBySymbol.put(rules.symbol(), findBooks(rules.symbol()));
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

  @Override
  public void tick(Instant now, Listener listener) {
    if (now.isAfter(feedTime)) {
      feedTime = now;
    }
    for (ListedVenue venue : venues.values()) {
      venue.sockets().tick(feedTime, listener);
      venue.listings().forEach(listing -> listing.book().tick(feedTime, listener));
    }
  }

  @Override
  public @Nullable BookView book(Venue venue, Symbol symbol) {
    ListedVenue listed = venues.get(venue);
    ListedVenue.Listing listing = listed == null ? null : listed.listing(symbol);
    return listing == null ? null : listing.book().view();
  }

  @Override
  public List<BookView> books(Symbol symbol) {
    return booksBySymbol.getOrDefault(symbol, List.of());
  }

  @Override
  public Collection<Symbol> symbols() {
    return Collections.unmodifiableSet(scales.keySet());
  }

  /** Whether any socket of the venue is alive; false for an unknown venue. */
  public boolean connected(Venue venue) {
    ListedVenue listed = venues.get(venue);
    return listed != null && listed.sockets().connected();
  }

  /** Frames that did not parse, of all venues. */
  public long malformedFrames() {
    return venues.values().stream().mapToLong(ListedVenue::malformed).sum();
  }

  /** Every book as it stands now, ordered by venue and symbol. */
  public List<BookReport> bookReports() {
    return venues.values().stream()
        .flatMap(venue -> venue.listings().stream())
        .map(listing -> BookReport.of(listing.book().view(), feedTime))
        .toList();
  }

  /** Counts of every stream, ordered by venue, symbol, channel. */
  public List<StreamReport> streamReports() {
    List<StreamReport> reports = new ArrayList<>();
    for (ListedVenue venue : venues.values()) {
      for (ListedVenue.Listing listing : venue.listings()) {
        Symbol symbol = listing.book().view().instrument().symbol();
        Venue name = venue.profile().venue();
        reports.add(listing.book().view().counters().report(name, symbol, StreamReport.Channel.L2));
        reports.add(listing.trades().counters().report(name, symbol, StreamReport.Channel.TRADES));
        reports.add(listing.klines().report(name, symbol, StreamReport.Channel.OHLCV));
      }
    }
    return List.copyOf(reports);
  }
}
