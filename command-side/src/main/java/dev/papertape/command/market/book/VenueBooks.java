package dev.papertape.command.market.book;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.MarketInput;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.Scale;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.candle.CandleSettings;
import dev.papertape.command.quality.QualityPolicy;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.StreamCounts;
import dev.papertape.contracts.quality.StreamState;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The engine's market: every venue's sockets, books, trades and candles. Deterministic in its
 * inputs.
 */
public final class VenueBooks implements MarketState {
  private final Map<Venue, ListedVenue> venues = new TreeMap<>();
  private final Listings listings;
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
    this(profiles, limits, requests, random, CandleSettings.feedOnly());
  }

  /** The same, and past candles are asked for as {@code candles} say. */
  public VenueBooks(
      Collection<VenueProfile> profiles,
      MarketLimits limits,
      SnapshotRequests requests,
      RandomGenerator random,
      CandleSettings candles) {
    this(profiles, limits, requests, random, QualityPolicy.DEFAULT, FastOrderBook::new, candles);
  }

  /** With other thresholds of the guards. */
  public VenueBooks(
      Collection<VenueProfile> profiles,
      MarketLimits limits,
      SnapshotRequests requests,
      RandomGenerator random,
      QualityPolicy policy) {
    this(profiles, limits, requests, random, policy, FastOrderBook::new, CandleSettings.feedOnly());
  }

  /**
   * With the obvious books instead of the fast ones, to measure or to cross-check against; without
   * statistical guards, which look at levels by index, what a sorted map cannot do.
   */
  public static VenueBooks naive(Collection<VenueProfile> profiles, RandomGenerator random) {
    return new VenueBooks(
        profiles,
        MarketLimits.defaults(),
        SnapshotRequests.NONE,
        random,
        QualityPolicy.unguarded(),
        NaiveOrderBook::new,
        CandleSettings.feedOnly());
  }

  private VenueBooks(
      Collection<VenueProfile> profiles,
      MarketLimits limits,
      SnapshotRequests requests,
      RandomGenerator random,
      QualityPolicy policy,
      Function<Scale, LevelBook> newBook,
      CandleSettings candles) {
    profiles.forEach(
        profile -> venues.put(profile.venue(), new ListedVenue(profile, limits, policy)));
    this.listings = new Listings(venues, limits, requests, random, newBook, policy, candles);
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
        venue.newConnection(opened.source());
        for (ListedVenue.Listing listing : venue.listings()) {
          listing.book().connected(feedTime);
          listing.candles().connected(feedTime);
        }
      }
      case VenueInput.SocketClosed closed -> {
        venue.sockets().closed(closed.source(), closed.reason(), feedTime, listener);
        venue
            .listings()
            .forEach(listing -> listing.book().disconnected(closed.source(), feedTime, listener));
        noticeSilence(venue);
      }
      case InstrumentsListed listed -> listings.list(venue, listed, feedTime, listener);
      case VenueInput.SnapshotFailed failed -> {
        ListedVenue.Listing listing = venue.listing(failed.symbol());
        if (listing != null && failed.raw() != null) {
          listing.book().snapshotMalformed(failed, failed.raw(), feedTime, listener);
        } else if (listing != null) {
          listing.book().snapshotFailed(failed, feedTime);
        }
      }
      case VenueInput.CandlesFetched fetched -> {
        ListedVenue.Listing listing = venue.listing(fetched.symbol());
        if (listing != null) {
          listing.candles().fetched(fetched, feedTime, listener);
        }
      }
      case VenueInput.CandlesFailed failed -> {
        ListedVenue.Listing listing = venue.listing(failed.symbol());
        if (listing != null) {
          listing.candles().failed(failed, feedTime);
        }
      }
      case VenueInput.Bundle bundle -> {
        venue.sockets().frame(bundle.source(), feedTime, listener);
        VenueFrames.bundle(venue, bundle, feedTime, listener);
      }
      default -> {
        if (!answersRequest(frame)) {
          venue.sockets().frame(frame.source(), feedTime, listener);
        }
        VenueFrames.frame(venue, frame, feedTime, listener);
      }
    }
  }

  /** A REST answer says nothing of the socket's health. */
  private static boolean answersRequest(VenueInput frame) {
    return frame instanceof VenueInput.DepthSnapshot snapshot
        && snapshot.epoch() != VenueInput.DepthSnapshot.INLINE;
  }

  @Override
  public void tick(Instant now, Listener listener) {
    if (now.isAfter(feedTime)) {
      feedTime = now;
    }
    for (ListedVenue venue : venues.values()) {
      venue.sockets().tick(feedTime, listener);
      noticeSilence(venue);
      for (ListedVenue.Listing listing : venue.listings()) {
        listing.book().tick(feedTime, listener);
        listing.candles().tick(feedTime, listener);
      }
      venue.candles().tick(venue.candleStreams(), feedTime, listener);
      venue.observe(feedTime, false, listener);
    }
  }

  /** A venue that was silent may have told what we did not hear; it may speak again unannounced. */
  private void noticeSilence(ListedVenue venue) {
    boolean connected = venue.sockets().connected();
    for (ListedVenue.Listing listing : venue.listings()) {
      if (connected) {
        listing.candles().connected(feedTime);
      } else {
        listing.candles().disconnected();
        listing.trades().disconnected();
      }
    }
  }

  @Override
  public void recall(Venue venue, Symbol symbol, CandleMemory memory) {
    listings.recall(venue, symbol, memory);
  }

  @Override
  public void observe(Instant now, Listener listener) {
    venues.values().forEach(venue -> venue.observe(now, true, listener));
  }

  @Override
  public @Nullable BookView book(Venue venue, Symbol symbol) {
    ListedVenue listed = venues.get(venue);
    ListedVenue.Listing listing = listed == null ? null : listed.listing(symbol);
    return listing == null ? null : listing.book().view();
  }

  @Override
  public StreamState streamState(Venue venue, Symbol symbol, Channel channel, Instant now) {
    ListedVenue listed = venues.get(venue);
    ListedVenue.Listing listing = listed == null ? null : listed.listing(symbol);
    return listing == null ? StreamState.UNVERIFIABLE : listing.state(channel, now);
  }

  @Override
  public List<BookView> books(Symbol symbol) {
    return listings.books(symbol);
  }

  @Override
  public Collection<Symbol> symbols() {
    return listings.symbols();
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

  /** Counts of every stream by venue, there ordered by symbol and channel. */
  public Map<Venue, List<StreamCounts>> streamCounts() {
    Map<Venue, List<StreamCounts>> counts = new TreeMap<>();
    venues.forEach((name, venue) -> counts.put(name, venue.counts(feedTime)));
    return counts;
  }
}
