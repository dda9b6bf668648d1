package dev.papertape.command.quality;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.StreamCounts;
import dev.papertape.contracts.quality.StreamState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records of one stream: each is received once and ends as exactly one of accepted,
 * rejected and quarantined. Owned by the engine's thread; counting allocates nothing.
 */
public final class StreamTally {
  private static final QualityReason[] REASONS = QualityReason.values();

  private final @Nullable Symbol symbol;
  private final Channel channel;
  private final long[] found = new long[REASONS.length];
  private long received;
  private long waiting;
  private long accepted;
  private long flagged;
  private long rejected;
  private long quarantined;
  private long gaps;
  private long resyncs;
  private long verified;
  private boolean provable;
  private @Nullable Instant lastAt;
  private @Nullable Instant flaggedAt;
  private @Nullable StreamCounts observed;

  /**
   * @param symbol null for frames that cannot be told to be of any symbol
   */
  public StreamTally(@Nullable Symbol symbol, Channel channel) {
    this.symbol = symbol;
    this.channel = channel;
  }

  /** A record came. */
  public void received(Instant at) {
    received++;
    lastAt = at;
  }

  /** So many of those received wait until they can be judged. */
  public void waiting(int records) {
    waiting = records;
  }

  public void accepted() {
    accepted++;
  }

  /** An accepted record was odd. */
  public void flagged(QualityReason reason, Instant at) {
    flagged++;
    flaggedAt = at;
    found(reason);
  }

  public void rejected(QualityReason reason) {
    rejected(reason, 1);
  }

  public void rejected(QualityReason reason, long records) {
    rejected += records;
    found[reason.ordinal()] += records;
  }

  public void quarantined(QualityReason reason, Instant at) {
    quarantined++;
    flaggedAt = at;
    found(reason);
  }

  /** Something was found that is counted elsewhere, or is no record: silence, for example. */
  public void found(QualityReason reason) {
    found[reason.ordinal()]++;
  }

  /** A record was proved to be in its place; from the first on, the stream counts as provable. */
  public void verified() {
    verified++;
    provable = true;
  }

  public void gap() {
    gaps++;
  }

  public void resync() {
    resyncs++;
  }

  public long received() {
    return received;
  }

  /** Records that were put aside because of how they look beside others. */
  public long quarantined() {
    return quarantined;
  }

  public @Nullable Instant lastAt() {
    return lastAt;
  }

  /** Percent of the records whose fate is known, null before the first. */
  public @Nullable Double verifiedPercent() {
    long known = received - waiting;
    return known == 0 ? null : 100.0 * verified / known;
  }

  /** A stream without a book: what it is worth by its silence and its flags. */
  public StreamState state(Instant feedTime, Duration staleAfter, Duration flaggedFor) {
    if (lastAt == null) {
      return StreamState.UNVERIFIABLE;
    }
    return lastAt.plus(staleAfter).isBefore(feedTime)
        ? StreamState.STALE
        : okOrFlagged(feedTime, flaggedFor);
  }

  /** Of a stream that is sound otherwise. */
  public StreamState okOrFlagged(Instant feedTime, Duration flaggedFor) {
    return flaggedAt != null && !flaggedAt.plus(flaggedFor).isBefore(feedTime)
        ? StreamState.FLAGGED
        : StreamState.OK;
  }

  /** The counts as they stand. */
  public StreamCounts counts(StreamState state) {
    // By name, as canonical JSON has them.
    Map<QualityReason, Long> byReason = new TreeMap<>(Comparator.comparing(QualityReason::name));
    for (QualityReason reason : REASONS) {
      if (found[reason.ordinal()] > 0) {
        byReason.put(reason, found[reason.ordinal()]);
      }
    }
    return new StreamCounts(
        symbol,
        channel,
        received - waiting,
        accepted,
        flagged,
        rejected,
        quarantined,
        byReason,
        gaps,
        resyncs,
        provable ? verified : null,
        lastAt,
        state);
  }

  /** The counts, if they changed since this was asked last and anything ever came. */
  public @Nullable StreamCounts news(StreamState state) {
    StreamCounts now = counts(state);
    if (now.equals(observed) || (observed == null && received == 0)) {
      return null;
    }
    observed = now;
    return now;
  }
}
