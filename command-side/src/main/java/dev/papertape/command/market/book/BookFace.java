package dev.papertape.command.market.book;

import dev.papertape.command.market.BookView;
import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.OrderBook;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.quality.Finding;
import dev.papertape.command.quality.LevelRules;
import dev.papertape.command.quality.QualityPolicy;
import dev.papertape.command.quality.StreamTally;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.StreamState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a {@link VenueBook} shows to the rest of the engine, and what it remembers of its past. */
final class BookFace implements BookView {
  private final LevelBook levels;
  private final SymbolScale symbolScale;
  private final Duration staleAfter;
  private final QualityPolicy policy;
  private final StreamTally tally;
  private long timesLost;
  private final BookCounts counts;
  private final TopOfBookCheck quotes = new TopOfBookCheck();

  private Instrument instrument;
  private LevelRules rules;
  private boolean gridStated;
  private boolean suspect;
  private BookState unsynced = BookState.UNVERIFIABLE;
  private boolean synced;
  private boolean announcedStale;
  private IntegrityRule.@Nullable Position position;
  private @Nullable Long snapshotLastUpdateId;
  private @Nullable Integrity stated;
  private @Nullable Instant exchangeTime;
  private @Nullable Instant receivedAt;
  private boolean provable = true;

  /**
   * @param gridStated whether tick and lot are the venue's own statement
   */
  BookFace(
      Instrument instrument,
      boolean gridStated,
      LevelBook levels,
      SymbolScale symbolScale,
      Duration staleAfter,
      QualityPolicy policy) {
    this.instrument = instrument;
    this.rules = LevelRules.of(instrument.rules());
    this.gridStated = gridStated;
    this.levels = levels;
    this.symbolScale = symbolScale;
    this.staleAfter = staleAfter;
    this.policy = policy;
    this.tally = new StreamTally(instrument.symbol(), Channel.L2);
    this.counts = new BookCounts(tally);
  }

  @Override
  public Instrument instrument() {
    if (!instrument.scale().equals(symbolScale.scale())) {
      instrument =
          new Instrument(
              instrument.venue(),
              instrument.rules(),
              symbolScale.scale(),
              instrument.fees(),
              instrument.latency());
    }
    return instrument;
  }

  @Override
  public OrderBook book() {
    return levels;
  }

  @Override
  public BookState state(Instant feedTime) {
    if (!synced) {
      return unsynced;
    }
    if (!provable) {
      return BookState.UNVERIFIABLE;
    }
    if (isStale(feedTime)) {
      return BookState.STALE;
    }
    return suspect ? BookState.SUSPECT : BookState.SYNCED;
  }

  /** What its stream of messages is worth. */
  StreamState streamState(Instant feedTime) {
    return switch (state(feedTime)) {
      case SYNCED -> tally.okOrFlagged(feedTime, policy.flaggedFor());
      case SUSPECT -> StreamState.SUSPECT;
      case RESYNCING -> StreamState.RESYNCING;
      case STALE -> StreamState.STALE;
      case UNVERIFIABLE -> StreamState.UNVERIFIABLE;
    };
  }

  @Override
  public @Nullable Long sequence() {
    return position != null && noticesMissing() ? position.updateId() : null;
  }

  @Override
  public @Nullable Long checksum() {
    return position != null && stated instanceof Integrity.Checksum checksum
        ? checksum.crc32()
        : null;
  }

  @Override
  public @Nullable Instant exchangeTime() {
    return exchangeTime;
  }

  @Override
  public @Nullable Instant receivedAt() {
    return receivedAt;
  }

  @Override
  public long brokenMessages() {
    return counts.broken();
  }

  @Override
  public long messages() {
    return counts.messages();
  }

  @Override
  public long timesUnsettled() {
    return timesLost + tally.quarantined();
  }

  @Override
  public @Nullable Double verifiedPercent() {
    return tally.verifiedPercent();
  }

  /** The venue changed its rules. */
  void relist(Instrument listed, boolean stated) {
    instrument = listed;
    rules = LevelRules.of(listed.rules());
    gridStated = stated;
  }

  /** What is wrong with a message's levels, whatever the book holds; null when nothing is. */
  @Nullable Finding shape(Integrity integrity, PriceLevels bids, PriceLevels asks) {
    return policy.guards()
        ? rules.judge(bids, asks, integrity instanceof Integrity.UpdateIds, gridStated)
        : null;
  }

  void suspect(boolean doubted) {
    suspect = doubted;
  }

  boolean isSuspect() {
    return suspect;
  }

  LevelBook levels() {
    return levels;
  }

  SymbolScale symbolScale() {
    return symbolScale;
  }

  BookCounts counts() {
    return counts;
  }

  StreamTally tally() {
    return tally;
  }

  TopOfBookCheck quotes() {
    return quotes;
  }

  /** Whether a lost message shows by the numbers of the book's own next one. */
  boolean noticesMissing() {
    return position != null && !position.equals(IntegrityRule.Position.UNNUMBERED);
  }

  IntegrityRule.Position position() {
    if (position == null) {
      throw new IllegalStateException("no snapshot loaded: " + instrument);
    }
    return position;
  }

  @Nullable Long snapshotLastUpdateId() {
    return snapshotLastUpdateId;
  }

  void loaded(DepthSnapshot snapshot) {
    position = IntegrityRule.Position.ofSnapshot(snapshot.integrity());
    snapshotLastUpdateId = sequence();
    stated = snapshot.integrity();
    provable = proves(stated);
    unsynced = BookState.RESYNCING;
    exchangeTime = snapshot.exchangeTime();
    receivedAt = snapshot.receivedAt();
  }

  /** The message is in the book now. */
  void applied(DepthDiff diff) {
    position = IntegrityRule.Position.after(diff);
    stated = diff.integrity();
    provable = proves(stated);
    exchangeTime = diff.exchangeTime();
    receivedAt = diff.receivedAt();
    announcedStale = false;
  }

  /** Whether a book that agrees with such a message is proved by it. */
  private static boolean proves(Integrity stated) {
    return switch (stated) {
      case Integrity.UpdateIds _, Integrity.InConnection _ -> true;
      case Integrity.Checksum checksum -> checksum.crc32() != null;
      case Integrity.Nothing _ -> false;
    };
  }

  void synced(boolean again) {
    synced = true;
    if (again) {
      tally.resync();
    }
  }

  /** The book was found broken; {@code wasSynced} when it had been good until now. */
  void broke(boolean wasSynced) {
    synced = false;
    suspect = false;
    if (wasSynced) {
      unsynced = BookState.RESYNCING;
      timesLost++;
    }
    discard();
  }

  void discard() {
    levels.clear();
    position = null;
  }

  /** True once when the book has been silent for too long, until its next message. */
  boolean becameStale(Instant now) {
    boolean first = synced && !announcedStale && isStale(now);
    announcedStale |= first;
    return first;
  }

  private boolean isStale(Instant now) {
    return receivedAt != null && receivedAt.plus(staleAfter).isBefore(now);
  }
}
