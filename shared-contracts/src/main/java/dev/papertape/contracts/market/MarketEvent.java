package dev.papertape.contracts.market;

import dev.papertape.contracts.DomainEvent;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened to a venue: stream {@code venue:<VENUE>}. Ticks are never events. */
public sealed interface MarketEvent extends DomainEvent {
  Venue venue();

  /** Receive time of the newest input that the engine had merged. */
  Instant feedTime();

  /** A venue's description as configured; written at start and whenever it changed. */
  record VenueRegistered(
      Venue venue,
      VenueKind kind,
      List<String> endpoints,
      List<InstrumentRules> symbols,
      VenueFees fees,
      VenueLatency latency,
      List<String> capabilities,
      IntegrityScheme integrity,
      Instant feedTime)
      implements MarketEvent {}

  /**
   * The venue's socket is open and subscribed.
   *
   * @param reconnects how often this venue had been connected before, in this engine's life
   */
  record VenueConnected(Venue venue, String endpoint, long reconnects, Instant feedTime)
      implements MarketEvent {}

  /** The venue's socket is gone. {@code reason} is never empty. */
  record VenueDisconnected(Venue venue, String reason, Instant feedTime) implements MarketEvent {}

  /**
   * A book went from broken (or never synced) to synced.
   *
   * @param reason why it had to be synced: {@code INITIAL}, {@code GAP}, {@code DISCONNECTED},
   *     {@code STALE}, {@code CROSSED}, {@code OUT_OF_ORDER}, {@code MALFORMED}, {@code RESET},
   *     {@code DIVERGENCE}
   * @param gapSize number of missing updates, null where the protocol does not tell
   * @param snapshotSequence the venue's sequence of the snapshot, null where it has none
   * @param attempts snapshots fetched until it bridged, &ge; 1
   * @param brokenSince feed time at which the book stopped being synced
   */
  record BookResynced(
      Venue venue,
      Symbol symbol,
      String reason,
      @Nullable Long gapSize,
      @Nullable Long snapshotSequence,
      int attempts,
      Instant brokenSince,
      Instant feedTime)
      implements MarketEvent {}

  /**
   * A venue's quality of service as the router sees it.
   *
   * @param score in [0, 1], the weighted geometric mean of the parts of {@code qos}
   * @param state the worst state of the venue's books
   * @param gates reason codes that exclude the whole venue now
   */
  record VenueScored(
      Venue venue,
      double score,
      VenueQos qos,
      BookState state,
      List<String> gates,
      Instant feedTime)
      implements MarketEvent {}

  /**
   * The candles of {@code [from, to)} are complete as far as the venue tells: after a back-fill,
   * and at most once a minute for what came live.
   *
   * @param symbol whose; null for every symbol of the venue that has candles
   * @param from start of the first minute
   * @param to end of the last one
   * @param bars how many came; minutes without trades have none
   * @param source REST after a back-fill
   */
  record CandlesSynced(
      Venue venue,
      @Nullable Symbol symbol,
      CandleInterval interval,
      Instant from,
      Instant to,
      long bars,
      CandleOrigin source,
      Instant feedTime)
      implements MarketEvent {}
}
