package dev.papertape.command.market.book;

import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.SnapshotFailed;
import dev.papertape.command.market.VenueInput.TopOfBook;
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
  private final BookUpdates updates;
  private final boolean refetchable;

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
      boolean refetchable) {
    this.face = face;
    this.limits = limits;
    this.requests = requests;
    this.schedule = schedule;
    this.refetchable = refetchable;
    this.buffer = new DiffBuffer(limits.bufferedDiffs());
    this.updates = new BookUpdates(face, limits.levelsPerSide());
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
    face.messageBroke();
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
    face.messageBroke();
    breakUp(Break.of(Break.Reason.MALFORMED), now, listener);
  }

  /** A message whose number came before on its connection: nothing says that it is the same. */
  void repeated(DepthDiff diff) {
    face.counters().received(diff.receivedAt());
    face.counters().rejected(1);
  }

  void diff(DepthDiff diff, Instant now, Listener listener) {
    source = diff.source();
    since(now);
    face.counters().received(diff.receivedAt());
    if (take(diff, now, listener)) {
      listener.bookChanged(face);
    }
  }

  void snapshot(DepthSnapshot snapshot, Instant now, Listener listener) {
    since(now);
    boolean late = snapshot.epoch() != DepthSnapshot.INLINE && snapshot.epoch() != schedule.epoch();
    boolean inStream = IntegrityRule.of(snapshot.integrity()).snapshotInStream();
    if (late || (phase == Phase.SYNCED && !inStream)) {
      return;
    }
    if (phase == Phase.SYNCED) {
      breakUp(Break.of(Break.Reason.RESET), now, listener);
    }
    outage.attempt();
    schedule.answered();
    if ((!inStream && !BookUpdates.bridges(snapshot, buffer)) || updates.load(snapshot) != null) {
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
    Verdict verdict = IntegrityRule.of(diff.integrity()).judge(face.position(), diff);
    if (verdict instanceof Verdict.Duplicate || verdict instanceof Verdict.Stale) {
      face.dropped(verdict);
      return false;
    }
    Break broken = Break.by(verdict);
    if (broken == null) {
      broken = updates.apply(diff, verdict);
    } else {
      countGap(broken);
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
    if (IntegrityRule.of(diff.integrity()).snapshotInStream()) {
      face.counters().rejected(1); // Whatever snapshot comes now contains it.
      ask(now);
      return;
    }
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

  private void synced(Instant now, Listener listener) {
    phase = Phase.SYNCED;
    face.synced(!outage.isInitial());
    listener.fact(outage.ends(face, now));
    inOrder = 0;
  }

  private void breakUp(Break broken, Instant now, Listener listener) {
    face.counters().rejected(buffer.clear());
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
    if (phase == Phase.AWAITING && connected && schedule.due(now)) {
      Instrument instrument = face.instrument();
      requests.request(instrument.venue(), instrument.symbol(), schedule.epoch());
    }
  }

  private void countGap(Break broken) {
    if (broken.reason() == Break.Reason.GAP) {
      face.counters().gap();
    }
  }

  private void since(Instant now) {
    if (phase != Phase.SYNCED) {
      outage.noticed(now);
    }
  }
}
