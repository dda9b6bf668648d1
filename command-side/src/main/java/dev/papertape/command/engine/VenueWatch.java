package dev.papertape.command.engine;

import dev.papertape.command.execution.LegEnd;
import dev.papertape.command.guards.VenueDoors;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.router.CommonMid;
import dev.papertape.command.router.Gate;
import dev.papertape.command.router.RouterPolicy;
import dev.papertape.command.router.TopLevelsHash;
import dev.papertape.command.router.VenueConditions;
import dev.papertape.command.router.VenueQosTracker;
import dev.papertape.command.router.VolatilityEstimate;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.MarketEvent.VenueScored;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of venues and symbols beside their books: quality of service, volatility,
 * common mids as of the newest tick. Owned by the engine's thread.
 */
final class VenueWatch {
  private final EngineSettings settings;
  private final MarketState market;
  private RouterPolicy policy;
  private final VenueDoors doors;
  private final Map<Venue, Watched> venues = new TreeMap<>();
  private final Map<Symbol, VolatilityEstimate> volatility = new HashMap<>();
  private final Map<Symbol, BigDecimal> mids = new HashMap<>();
  private final Map<BookView, HashedLevels> hashes = new HashMap<>();

  private record HashedLevels(long messages, @Nullable Long sequence, @Nullable String hash) {
    private boolean isOf(BookView view) {
      return messages == view.messages() && Objects.equals(sequence, view.sequence());
    }
  }

  private static final class Watched {
    private final VenueQosTracker qos;
    private BookState state = BookState.UNVERIFIABLE;
    private @Nullable Instant scoredAt;

    private Watched(VenueQosTracker qos) {
      this.qos = qos;
    }
  }

  VenueWatch(EngineSettings settings, RouterPolicy policy, MarketState market, VenueDoors doors) {
    this.doors = doors;
    this.settings = settings;
    this.policy = policy;
    this.market = market;
  }

  /** What is of the venues and of no order follows the active release. */
  void use(RouterPolicy active) {
    policy = active;
    venues.values().forEach(watched -> watched.qos.use(active));
  }

  void tick(Instant feedTime, Consumer<VenueScored> out) {
    Map<Venue, List<BookView>> books = new TreeMap<>();
    for (Symbol symbol : market.symbols()) {
      List<BookView> views = market.books(symbol);
      views.forEach(
          view ->
              books.computeIfAbsent(view.instrument().venue(), _ -> new ArrayList<>()).add(view));
      observe(symbol, views, feedTime);
    }
    books.forEach((venue, views) -> score(venue, views, feedTime, out));
  }

  private void observe(Symbol symbol, List<BookView> views, Instant feedTime) {
    BigDecimal mid = CommonMid.of(views, feedTime, policy.maxAgeMs());
    if (mid == null) {
      mids.remove(symbol);
    } else {
      mids.put(symbol, mid);
    }
    volatility.computeIfAbsent(symbol, _ -> new VolatilityEstimate()).observe(mid, feedTime);
  }

  private void score(
      Venue venue, List<BookView> books, Instant feedTime, Consumer<VenueScored> out) {
    Watched watched = watched(venue);
    watched.qos.observe(books, feedTime);
    BookState worst = worst(books, feedTime);
    Instant due =
        watched.scoredAt == null ? feedTime : watched.scoredAt.plus(settings.scoreEvery());
    if (worst != watched.state || !due.isAfter(feedTime)) {
      watched.state = worst;
      watched.scoredAt = feedTime;
      out.accept(
          new VenueScored(
              venue,
              watched.qos.score(),
              watched.qos.qos(),
              worst,
              gates(venue, books, feedTime),
              feedTime));
    }
  }

  /** A venue is shut as a whole when none of its books may be routed to. */
  private List<String> gates(Venue venue, List<BookView> books, Instant feedTime) {
    Gate closedBy = doors.closedBy(venue);
    if (closedBy != null) {
      return List.of(closedBy.name());
    }
    boolean anySynced = books.stream().anyMatch(view -> view.state(feedTime) == BookState.SYNCED);
    if (anySynced) {
      return List.of();
    }
    if (books.stream().anyMatch(view -> view.state(feedTime) == BookState.SUSPECT)) {
      return List.of("SUSPECT");
    }
    boolean anyStale = books.stream().anyMatch(view -> view.state(feedTime) == BookState.STALE);
    return List.of(anyStale ? "STALE" : "NOT_SYNCED");
  }

  private static BookState worst(List<BookView> books, Instant feedTime) {
    BookState worst = BookState.SYNCED;
    for (BookView view : books) {
      BookState state = view.state(feedTime);
      worst = severity(state) > severity(worst) ? state : worst;
    }
    return worst;
  }

  private static int severity(BookState state) {
    return switch (state) {
      case SYNCED -> 0;
      case SUSPECT -> 1;
      case STALE -> 2;
      case RESYNCING -> 3;
      case UNVERIFIABLE -> 4;
    };
  }

  /** Common mid at the newest tick, null when no venue qualified. */
  @Nullable BigDecimal mid(Symbol symbol) {
    return mids.get(symbol);
  }

  double volatility1sBps(Symbol symbol) {
    return volatility.computeIfAbsent(symbol, _ -> new VolatilityEstimate()).oneSecondBps();
  }

  /** Largest lot of all venues that list the symbol, base units: a multiple of it suits each. */
  BigDecimal coarsestLot(Symbol symbol) {
    return market.books(symbol).stream()
        .map(view -> view.instrument().rules().lotSize())
        .max(BigDecimal::compareTo)
        .orElse(BigDecimal.ONE);
  }

  /** Largest smallest order of all venues that list the symbol, quote units. */
  BigDecimal minNotional(Symbol symbol) {
    return market.books(symbol).stream()
        .map(view -> view.instrument().rules().minNotional())
        .max(BigDecimal::compareTo)
        .orElse(BigDecimal.ZERO);
  }

  VenueConditions conditions(Venue venue) {
    return watched(venue).qos.conditions(doors.closedBy(venue));
  }

  /**
   * Remembered for as long as no message came for the book and it was not discarded; null for an
   * empty book.
   */
  @Nullable String topLevelsHash(BookView view) {
    HashedLevels known = hashes.get(view);
    if (known == null || !known.isOf(view)) {
      known = new HashedLevels(view.messages(), view.sequence(), TopLevelsHash.of(view.book()));
      hashes.put(view, known);
    }
    return known.hash;
  }

  /** An immediate leg is over. */
  void legEnded(LegEnd leg) {
    watched(leg.venue()).qos.legEnded(leg.routed(), leg.filled(), leg.latencyMs(), leg.feedTime());
  }

  private Watched watched(Venue venue) {
    return venues.computeIfAbsent(
        venue, _ -> new Watched(new VenueQosTracker(policy, configuredLatencyMs(venue))));
  }

  private double configuredLatencyMs(Venue venue) {
    for (Symbol symbol : market.symbols()) {
      BookView view = market.book(venue, symbol);
      if (view != null) {
        return view.instrument().latency().totalMs();
      }
    }
    return 0;
  }
}
