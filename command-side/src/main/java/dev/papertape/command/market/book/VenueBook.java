package dev.papertape.command.market.book;

import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.SnapshotFailed;
import dev.papertape.command.market.VenueInput.TopOfBook;
import dev.papertape.command.quality.Finding;
import dev.papertape.command.quality.Outcome;
import dev.papertape.command.quality.QualityPolicy;
import dev.papertape.command.quality.RawText;
import dev.papertape.contracts.quality.QualityReason;
import java.time.Instant;
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
  private final WaitingDiffs waiting;
  private final BookUpdates updates;
  private final SnapshotLoad snapshots;
  private final boolean refetchable;
  private final HeldMessages held;
  private final BookDoubts doubts;

  private Phase phase = Phase.AWAITING;
  private boolean connected;
  private @Nullable Integer source;
  private final Outage outage = new Outage();
  private int inOrder;

  VenueBook(
      BookFace face,
      MarketLimits limits,
      SnapshotRequests requests,
      SnapshotSchedule schedule,
      boolean refetchable,
      QualityPolicy policy) {
    this.face = face;
    this.limits = limits;
    this.requests = requests;
    this.schedule = schedule;
    this.refetchable = refetchable;
    this.waiting = new WaitingDiffs(face, limits.bufferedDiffs());
    this.updates = new BookUpdates(face, limits.levelsPerSide());
    this.snapshots = new SnapshotLoad(face, updates);
    this.held = new HeldMessages(face);
    this.doubts = new BookDoubts(face, schedule, held, policy, refetchable, limits.bufferedDiffs());
  }

  BookFace view() {
    return face;
  }

  void connected(Instant now) {
    connected = true;
    since(now);
    schedule.restart(now.plus(limits.firstMessageWait()));
  }

  /** A connection of the venue is gone; another one's book stays what it is. */
  void disconnected(int closed, Instant now, Listener listener) {
    if (source != null && source != closed) {
      return;
    }
    connected = false;
    breakUp(Break.of(Break.Reason.DISCONNECTED), now, listener);
  }

  /** Frames are missing on a connection: the book is broken if its messages come over it. */
  void connectionBroke(int broken, Verdict verdict, Instant now, Listener listener) {
    Break reason = Break.by(verdict);
    if (reason == null || phase == Phase.AWAITING || source == null || source != broken) {
      return;
    }
    countGap(reason);
    face.tally().found(reason.found());
    face.counts().broke();
    breakUp(reason, now, listener);
  }

  /**
   * A frame that does not parse, of nobody knows which book. Only a book whose own messages are
   * numbered will notice by itself that one of them is missing.
   */
  void mayHaveMissed(MalformedFrame frame, Instant now, Listener listener) {
    if (phase == Phase.AWAITING
        || source == null
        || source != frame.source()
        || face.noticesMissing()) {
      return;
    }
    face.counts().broke();
    breakUp(Break.of(Break.Reason.MALFORMED), now, listener);
  }

  /** A message whose number came before on its connection: nothing says that it is the same. */
  void repeated(DepthDiff diff) {
    face.counts().came(diff.receivedAt());
    face.tally().rejected(QualityReason.DUPLICATE);
  }

  /** The same of a snapshot. */
  void repeated(DepthSnapshot snapshot) {
    face.tally().received(snapshot.receivedAt());
    face.tally().rejected(QualityReason.DUPLICATE);
  }

  void diff(DepthDiff diff, Instant now, Listener listener) {
    source = diff.source();
    since(now);
    face.counts().came(diff.receivedAt());
    if (take(diff, now, listener)) {
      listener.bookChanged(face);
    }
    waiting.count(0);
  }

  void snapshot(DepthSnapshot snapshot, Instant now, Listener listener) {
    since(now);
    face.tally().received(snapshot.receivedAt());
    boolean late = snapshot.epoch() != DepthSnapshot.INLINE && snapshot.epoch() != schedule.epoch();
    boolean inStream = IntegrityRule.of(snapshot.integrity()).snapshotInStream();
    if (late || (phase == Phase.SYNCED && !inStream && !doubts.wantSnapshot())) {
      face.tally().rejected(QualityReason.SNAPSHOT_UNFIT);
      return;
    }
    if (phase == Phase.SYNCED && doubts.wantSnapshot()) {
      schedule.answered();
      refresh(snapshot, inStream, now, listener);
      return;
    }
    if (phase == Phase.SYNCED) {
      breakUp(Break.of(Break.Reason.RESET), now, listener);
    }
    outage.attempt();
    schedule.answered();
    if (!snapshots.load(snapshot, inStream, waiting.chain())) {
      face.discard();
      phase = Phase.AWAITING;
      schedule.failed(now);
      return;
    }
    phase = Phase.BRIDGING;
    if (inStream) {
      source = snapshot.source();
      synced(now, listener);
    }
    List<DepthDiff> following = waiting.takeAll();
    for (int i = 0; i < following.size(); i++) {
      waiting.count(following.size() - 1 - i);
      take(following.get(i), now, listener);
    }
    waiting.count(0);
    listener.bookChanged(face);
  }

  /** A fresh snapshot for a book that is in order and doubted. */
  private void refresh(DepthSnapshot snapshot, boolean inStream, Instant now, Listener listener) {
    if (!inStream && !BookUpdates.bridges(snapshot, doubts.since())) {
      face.tally().rejected(QualityReason.SNAPSHOT_UNFIT);
      schedule.failed(now); // The book is in order all the same.
      return;
    }
    Break broken =
        snapshots.load(snapshot, inStream, doubts.since())
            ? snapshots.reapply(doubts.since())
            : Break.of(Break.Reason.MALFORMED);
    if (broken != null) {
      face.counts().broke();
      breakUp(broken, now, listener);
      return;
    }
    if (!doubts.endedBySnapshot(snapshot.receivedAt())) {
      schedule.failed(now);
    }
    listener.bookChanged(face);
  }

  void snapshotFailed(SnapshotFailed failure, Instant now) {
    if (failure.epoch() == schedule.epoch()) {
      schedule.failed(now);
    }
  }

  /** An answer that does not parse. */
  void snapshotMalformed(SnapshotFailed failure, RawText raw, Instant now, Listener listener) {
    face.tally().received(failure.receivedAt());
    held.unreadable(failure.reason(), raw, failure, listener);
    snapshotFailed(failure, now);
  }

  void quoted(TopOfBook quote, Instant now, Listener listener) {
    Long updateId = phase == Phase.SYNCED ? face.sequence() : null;
    Break broken = Break.by(face.quotes().quoted(quote, face.levels(), updateId));
    if (broken != null) {
      face.tally().found(broken.found());
      breakUp(broken, now, listener);
    }
  }

  /** A message of this book does not parse. */
  void malformed(MalformedFrame frame, Instant now, Listener listener) {
    since(now);
    face.counts().came(frame.receivedAt());
    held.unreadable(frame.reason(), frame.raw(), frame, listener);
    face.counts().broke();
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
      face.tally().found(QualityReason.STALE);
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
    Verdict verdict = IntegrityRule.of(diff.integrity()).judge(face.position(), diff);
    if (verdict instanceof Verdict.Duplicate || verdict instanceof Verdict.Stale) {
      face.counts().dropped(verdict);
      return false;
    }
    Finding shape = face.shape(diff.integrity(), diff.bids(), diff.asks());
    Break broken = Break.by(verdict);
    if (broken != null) {
      countGap(broken);
    } else if (shape != null && shape.outcome() == Outcome.RESYNC) {
      broken = Break.by(shape);
    } else {
      broken = updates.apply(diff, verdict);
    }
    if (broken != null) {
      face.counts().broke();
      if (verdict.requiresResync()) {
        breakUp(broken, now, listener);
        face.tally().found(broken.found());
        await(diff, now); // It broke the old chain, and may be the first of the new one.
      } else {
        face.tally().rejected(broken.found());
        breakUp(broken, now, listener);
      }
      return true;
    }
    if (phase == Phase.BRIDGING) {
      synced(now, listener);
    }
    doubts.judge(diff, shape, listener);
    if (doubts.isOn()) {
      ask(now);
    }
    if (++inOrder == SETTLED_AFTER) {
      schedule.settled();
    }
    return true;
  }

  private void await(DepthDiff diff, Instant now) {
    if (IntegrityRule.of(diff.integrity()).snapshotInStream()) {
      face.tally().rejected(QualityReason.AWAITING_SNAPSHOT); // Which will contain it.
      ask(now);
      return;
    }
    if (waiting.keep(diff)) {
      schedule.messageCame();
      ask(now);
    }
  }

  private void synced(Instant now, Listener listener) {
    phase = Phase.SYNCED;
    face.synced(!outage.isInitial());
    listener.fact(outage.ends(face, now));
    inOrder = 0;
  }

  private void breakUp(Break broken, Instant now, Listener listener) {
    waiting.discard();
    doubts.forget();
    if (phase == Phase.AWAITING && connected) {
      return; // The snapshot that was asked for is wanted still; backoff and epoch stay.
    }
    boolean wasSynced = phase == Phase.SYNCED;
    schedule.restart(Instant.MIN);
    if (wasSynced) {
      outage.begins(broken, now);
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
    boolean wanted = phase == Phase.AWAITING || doubts.wantSnapshot();
    if (wanted && connected && schedule.due(now)) {
      Instrument instrument = face.instrument();
      requests.request(instrument.venue(), instrument.symbol(), schedule.epoch());
    }
  }

  private void countGap(Break broken) {
    if (broken.reason() == Break.Reason.GAP) {
      face.tally().gap();
    }
  }

  private void since(Instant now) {
    if (phase != Phase.SYNCED) {
      outage.noticed(now);
    }
  }
}
