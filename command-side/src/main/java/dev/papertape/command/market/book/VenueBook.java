package dev.papertape.command.market.book;

import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.SnapshotFailed;
import dev.papertape.command.market.VenueInput.TopOfBook;
import dev.papertape.contracts.market.MarketEvent.BookResynced;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one venue's book of one symbol true: buffers, syncs, checks, discards and syncs again.
 *
 * <pre>
 *              snapshot fits             first message in order
 *   AWAITING ──────────────► BRIDGING ──────────────────────────► SYNCED
 *      ▲                        │ gap, crossed, malformed, disconnected …  │
 *      └────────────────────────┴──────────────────────────────────────────┘
 * </pre>
 *
 * A gap is never stitched over: the book is emptied and waits for a snapshot.
 */
final class VenueBook {
  private enum Phase {
    AWAITING,
    BRIDGING,
    SYNCED
  }

  /** Messages in order after which a synced book counts as settled: its next break is fresh. */
  private static final int SETTLED_AFTER = 20;

  private final BookFace face;
  private final MarketLimits limits;
  private final SnapshotRequests requests;
  private final SnapshotSchedule schedule;
  private final DiffBuffer buffer;
  private final LevelWriter writer;
  private final boolean refetchable;

  private Phase phase = Phase.AWAITING;
  private boolean connected;
  private @Nullable Break cause = Break.of(Break.Reason.INITIAL);
  private @Nullable Instant brokenSince;
  private int attempts;
  private int inOrder;

  VenueBook(
      BookFace face,
      MarketLimits limits,
      SnapshotRequests requests,
      SnapshotSchedule schedule,
      boolean refetchable) {
    this.face = face;
    this.limits = limits;
    this.requests = requests;
    this.schedule = schedule;
    this.refetchable = refetchable;
    this.buffer = new DiffBuffer(limits.bufferedDiffs());
    this.writer = new LevelWriter(face.levels(), face.symbolScale(), limits.levelsPerSide());
  }

  BookFace view() {
    return face;
  }

  void connected(Instant now) {
    connected = true;
    since(now);
    schedule.restart(now.plus(limits.firstMessageWait()));
  }

  void disconnected(Instant now, Listener listener) {
    connected = false;
    breakUp(Break.of(Break.Reason.DISCONNECTED), now, listener);
  }

  void diff(DepthDiff diff, Instant now, Listener listener) {
    since(now);
    face.counters().received(diff.receivedAt());
    if (take(diff, now, listener)) {
      listener.bookChanged(face);
    }
  }

  void snapshot(DepthSnapshot snapshot, Instant now, Listener listener) {
    since(now);
    boolean late = snapshot.epoch() != DepthSnapshot.INLINE && snapshot.epoch() != schedule.epoch();
    if (late || phase == Phase.SYNCED) {
      return;
    }
    attempts++;
    schedule.answered();
    Verdict verdict = bridges(snapshot) ? load(snapshot) : new Verdict.Gap(null);
    if (verdict.requiresResync()) {
      face.discard();
      phase = Phase.AWAITING;
      schedule.failed(now);
      return;
    }
    List<DepthDiff> waiting = new ArrayList<>();
    buffer.forEach(waiting::add);
    buffer.clear();
    waiting.forEach(diff -> take(diff, now, listener));
    listener.bookChanged(face);
  }

  void snapshotFailed(SnapshotFailed failure, Instant now) {
    if (failure.epoch() == schedule.epoch()) {
      schedule.failed(now);
    }
  }

  void quoted(TopOfBook quote, Instant now, Listener listener) {
    Long updateId = phase == Phase.SYNCED ? face.sequence() : null;
    Break broken = Break.by(face.quotes().quoted(quote, face.levels(), updateId));
    if (broken != null) {
      breakUp(broken, now, listener);
    }
  }

  void malformed(Instant now, Listener listener) {
    since(now);
    face.counters().malformed(now);
    face.messageBroke();
    breakUp(Break.of(Break.Reason.MALFORMED), now, listener);
  }

  void tick(Instant now, Listener listener) {
    Instant newest = face.receivedAt();
    if (refetchable
        && phase != Phase.AWAITING
        && newest != null
        && newest.plus(limits.bookResyncAfter()).isBefore(now)) {
      breakUp(Break.of(Break.Reason.STALE), now, listener);
    }
    if (face.becameStale(now)) {
      listener.bookChanged(face);
    }
    ask(now);
  }

  /** Returns whether the book changed. */
  private boolean take(DepthDiff diff, Instant now, Listener listener) {
    if (phase == Phase.AWAITING) {
      await(diff, now);
      return false;
    }
    SequenceRule.Position at = face.position();
    Verdict verdict = SequenceRule.of(diff).judge(at, diff);
    Break broken = Break.by(verdict);
    if (broken == null && verdict.equals(Verdict.IN_ORDER)) {
      broken = apply(diff);
    } else if (broken == null) {
      face.dropped(verdict);
      return false;
    } else if (broken.reason() == Break.Reason.GAP) {
      face.counters().gap();
    }
    if (broken != null) {
      face.messageBroke();
      breakUp(broken, now, listener);
      if (verdict.requiresResync()) {
        await(diff, now); // It broke the old chain, and may be the first of the new one.
      }
      return true;
    }
    if (phase == Phase.BRIDGING) {
      synced(now, listener);
    }
    if (++inOrder == SETTLED_AFTER) {
      schedule.settled();
    }
    return true;
  }

  private void await(DepthDiff diff, Instant now) {
    Verdict verdict = buffer.judge(diff);
    if (verdict.requiresResync()) {
      face.counters().gap();
      face.messageBroke();
      face.counters().rejected(buffer.clear());
    }
    if (verdict instanceof Verdict.Duplicate || verdict instanceof Verdict.Stale) {
      face.dropped(verdict);
      return;
    }
    face.counters().rejected(buffer.add(diff));
    schedule.messageCame();
    ask(now);
  }

  private @Nullable Break apply(DepthDiff diff) {
    Verdict written = writer.write(diff.bids(), diff.asks());
    if (written.requiresResync() || face.levels().crossed()) {
      face.counters().rejected(1);
      return written.requiresResync() ? Break.by(written) : Break.of(Break.Reason.CROSSED);
    }
    face.applied(diff);
    return Break.by(face.quotes().reached(diff.lastUpdateId(), face.levels()));
  }

  /** Whether the oldest message that the snapshot does not contain follows it without a gap. */
  private boolean bridges(DepthSnapshot snapshot) {
    SequenceRule.Position at = SequenceRule.Position.ofSnapshot(snapshot.lastUpdateId());
    for (DepthDiff diff : buffer) {
      Verdict verdict = SequenceRule.of(diff).judge(at, diff);
      if (!verdict.equals(Verdict.STALE)) {
        return !verdict.requiresResync();
      }
    }
    return true;
  }

  private Verdict load(DepthSnapshot snapshot) {
    face.discard();
    Verdict written = writer.write(snapshot.bids(), snapshot.asks());
    if (face.levels().crossed()) {
      return new Verdict.Unverifiable("the snapshot is crossed");
    }
    if (!written.requiresResync()) {
      face.loaded(snapshot);
      phase = Phase.BRIDGING;
    }
    return written;
  }

  private void synced(Instant now, Listener listener) {
    Break ended = cause == null ? Break.of(Break.Reason.INITIAL) : cause;
    phase = Phase.SYNCED;
    face.synced(ended.reason() != Break.Reason.INITIAL);
    listener.fact(
        new BookResynced(
            face.instrument().venue(),
            face.instrument().symbol(),
            ended.reason().name(),
            ended.gapSize(),
            face.snapshotLastUpdateId(),
            attempts,
            brokenSince == null ? now : brokenSince,
            now));
    cause = null;
    brokenSince = null;
    attempts = 0;
    inOrder = 0;
  }

  private void breakUp(Break broken, Instant now, Listener listener) {
    face.counters().rejected(buffer.clear());
    boolean wasSynced = phase == Phase.SYNCED;
    schedule.restart(Instant.MIN);
    if (wasSynced) {
      cause = broken;
      brokenSince = now;
    }
    if (phase == Phase.BRIDGING || (wasSynced && inOrder < SETTLED_AFTER)) {
      schedule.failed(now);
    }
    phase = Phase.AWAITING;
    face.broke(wasSynced);
    if (wasSynced) {
      listener.bookChanged(face);
    }
  }

  private void ask(Instant now) {
    if (phase == Phase.AWAITING && connected && schedule.due(now)) {
      Instrument instrument = face.instrument();
      requests.request(instrument.venue(), instrument.symbol(), schedule.epoch());
    }
  }

  private void since(Instant now) {
    if (brokenSince == null && phase != Phase.SYNCED) {
      brokenSince = now;
    }
  }
}
