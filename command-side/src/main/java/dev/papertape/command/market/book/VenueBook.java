package dev.papertape.command.market.book;

import dev.papertape.command.market.Instrument;
import dev.papertape.command.market.Integrity;
import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.SnapshotFailed;
import dev.papertape.command.market.VenueInput.TopOfBook;
import dev.papertape.command.quality.BookGuard;
import dev.papertape.command.quality.ClockGuard;
import dev.papertape.command.quality.Finding;
import dev.papertape.command.quality.HeldRecord;
import dev.papertape.command.quality.Outcome;
import dev.papertape.command.quality.QualityNote;
import dev.papertape.command.quality.QualityPolicy;
import dev.papertape.command.quality.RawText;
import dev.papertape.command.quality.RecordTexts;
import dev.papertape.command.quality.StreamTally;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.RawEncoding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final BookGuard guard;
  private final ClockGuard clocks;
  private final Suspicion suspicion;

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
    this.buffer = new DiffBuffer(limits.bufferedDiffs());
    this.updates = new BookUpdates(face, limits.levelsPerSide());
    this.guard = new BookGuard(policy);
    this.clocks = new ClockGuard(policy);
    this.suspicion = new Suspicion(refetchable, policy.passesToTrust(), limits.bufferedDiffs());
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
    face.changeCame(diff.receivedAt());
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
    face.changeCame(diff.receivedAt());
    if (take(diff, now, listener)) {
      listener.bookChanged(face);
    }
    face.tally().waiting(buffer.size());
  }

  void snapshot(DepthSnapshot snapshot, Instant now, Listener listener) {
    since(now);
    face.tally().received(snapshot.receivedAt());
    boolean late = snapshot.epoch() != DepthSnapshot.INLINE && snapshot.epoch() != schedule.epoch();
    boolean inStream = IntegrityRule.of(snapshot.integrity()).snapshotInStream();
    if (late || (phase == Phase.SYNCED && !inStream && !suspicion.wantsSnapshot())) {
      face.tally().rejected(QualityReason.SNAPSHOT_UNFIT);
      return;
    }
    if (phase == Phase.SYNCED && suspicion.wantsSnapshot()) {
      schedule.answered();
      refresh(snapshot, inStream, now, listener);
      return;
    }
    if (phase == Phase.SYNCED) {
      breakUp(Break.of(Break.Reason.RESET), now, listener);
    }
    outage.attempt();
    schedule.answered();
    QualityReason unfit = load(snapshot, inStream, buffer);
    if (unfit != null) {
      face.tally().rejected(unfit);
      face.discard();
      phase = Phase.AWAITING;
      schedule.failed(now);
      return;
    }
    accepted(snapshot);
    phase = Phase.BRIDGING;
    if (inStream) {
      source = snapshot.source();
      synced(now, listener);
    }
    List<DepthDiff> waiting = new ArrayList<>();
    buffer.forEach(waiting::add);
    buffer.clear();
    for (int i = 0; i < waiting.size(); i++) {
      face.tally().waiting(waiting.size() - 1 - i + buffer.size());
      take(waiting.get(i), now, listener);
    }
    face.tally().waiting(buffer.size());
    listener.bookChanged(face);
  }

  /** Null when the snapshot is in the book now, else why it cannot be. */
  private @Nullable QualityReason load(
      DepthSnapshot snapshot, boolean inStream, DiffBuffer following) {
    Finding shape = face.shape(snapshot.integrity(), snapshot.bids(), snapshot.asks());
    if (shape != null && shape.outcome() == Outcome.RESYNC) {
      return shape.reason();
    }
    if (!inStream && !BookUpdates.bridges(snapshot, following)) {
      return QualityReason.SNAPSHOT_UNFIT;
    }
    Break broken = updates.load(snapshot);
    return broken == null ? null : broken.found();
  }

  private void accepted(DepthSnapshot snapshot) {
    StreamTally tally = face.tally();
    tally.accepted();
    if (!(snapshot.integrity() instanceof Integrity.Nothing)) {
      tally.verified();
    }
    Finding shape = face.shape(snapshot.integrity(), snapshot.bids(), snapshot.asks());
    if (shape != null) {
      tally.flagged(shape.reason(), snapshot.receivedAt());
    }
  }

  /** A fresh snapshot for a book that is in order and doubted. */
  private void refresh(DepthSnapshot snapshot, boolean inStream, Instant now, Listener listener) {
    if (!inStream && !BookUpdates.bridges(snapshot, suspicion.since())) {
      face.tally().rejected(QualityReason.SNAPSHOT_UNFIT);
      schedule.failed(now); // The book is in order all the same.
      return;
    }
    QualityReason unfit = load(snapshot, inStream, suspicion.since());
    Break broken = unfit == null ? null : Break.of(Break.Reason.MALFORMED);
    if (unfit == null) {
      accepted(snapshot);
      broken = reapply();
    } else {
      face.tally().rejected(unfit);
    }
    if (broken != null) {
      face.messageBroke();
      breakUp(broken, now, listener);
      return;
    }
    guard.forgetTop();
    if (guard.judge(face.levels(), snapshot.receivedAt()) == null) {
      trustAgain();
    } else {
      schedule.failed(now);
    }
    listener.bookChanged(face);
  }

  /** What the snapshot does not contain of the messages since the doubt began. */
  private @Nullable Break reapply() {
    for (DepthDiff diff : suspicion.since()) {
      Verdict verdict = IntegrityRule.of(diff.integrity()).judge(face.position(), diff);
      boolean contained =
          verdict instanceof Verdict.Stale
              || verdict instanceof Verdict.Duplicate
              || IntegrityRule.of(diff.integrity()).snapshotInStream();
      Break broken = contained ? null : Break.by(verdict);
      if (!contained && broken == null) {
        broken = updates.reapply(diff);
      }
      if (broken != null) {
        return broken;
      }
    }
    return null;
  }

  void snapshotFailed(SnapshotFailed failure, Instant now) {
    if (failure.epoch() == schedule.epoch()) {
      schedule.failed(now);
    }
  }

  /** An answer that does not parse. */
  void snapshotMalformed(SnapshotFailed failure, RawText raw, Instant now, Listener listener) {
    face.tally().received(failure.receivedAt());
    hold(
        QualityReason.SCHEMA, failure.reason(), Map.of(), RawEncoding.WIRE, raw, failure, listener);
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
    face.changeCame(frame.receivedAt());
    hold(
        QualityReason.SCHEMA,
        frame.reason(),
        Map.of(),
        RawEncoding.WIRE,
        frame.raw(),
        frame,
        listener);
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
      face.dropped(verdict);
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
      face.messageBroke();
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
    judge(diff, shape, now, listener);
    if (++inOrder == SETTLED_AFTER) {
      schedule.settled();
    }
    return true;
  }

  /** What the guards say of a message that is in the book already. */
  private void judge(DepthDiff diff, @Nullable Finding shape, Instant now, Listener listener) {
    StreamTally tally = face.tally();
    Finding odd = clocks.judge(diff.exchangeTime(), diff.receivedAt());
    Finding doubt = guard.judge(face.levels(), diff.receivedAt());
    if (doubt != null) {
      if (suspicion.raised(diff)) {
        face.suspect(true);
        if (suspicion.wantsSnapshot()) {
          schedule.restart(Instant.MIN);
        }
      }
      hold(
          doubt.reason(),
          doubt.detail(),
          doubt.evidence(),
          RawEncoding.DECODED,
          RecordTexts.of(diff),
          diff,
          listener);
    } else {
      tally.accepted();
      odd = shape == null ? odd : shape;
      if (odd != null) {
        tally.flagged(odd.reason(), diff.receivedAt());
      }
      if (suspicion.isOn() && suspicion.passed(diff)) {
        trustAgain();
      }
    }
    if (suspicion.isOn()) {
      ask(now);
    }
  }

  private void trustAgain() {
    suspicion.ends();
    face.suspect(false);
    schedule.settled();
  }

  private void hold(
      QualityReason reason,
      String detail,
      Map<String, String> evidence,
      RawEncoding encoding,
      RawText raw,
      VenueInput from,
      Listener listener) {
    Instrument instrument = face.instrument();
    Instant at = from.receivedAt();
    face.tally().quarantined(reason, at);
    listener.noted(
        new QualityNote.Held(
            new HeldRecord(
                instrument.venue(),
                instrument.symbol(),
                Channel.L2,
                reason,
                detail,
                evidence,
                encoding,
                raw,
                at,
                () -> face.tally().counts(face.streamState(at)),
                null)));
  }

  private void await(DepthDiff diff, Instant now) {
    if (IntegrityRule.of(diff.integrity()).snapshotInStream()) {
      face.tally().rejected(QualityReason.AWAITING_SNAPSHOT); // Which will contain it.
      ask(now);
      return;
    }
    Verdict verdict = buffer.judge(diff);
    if (verdict.requiresResync()) {
      face.tally().gap();
      face.tally().found(QualityReason.SEQUENCE_GAP);
      face.messageBroke();
      discardWaiting();
    }
    if (verdict instanceof Verdict.Duplicate || verdict instanceof Verdict.Stale) {
      face.dropped(verdict);
      return;
    }
    face.tally().rejected(QualityReason.AWAITING_SNAPSHOT, buffer.add(diff));
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
    discardWaiting();
    suspicion.ends();
    guard.forgetTop();
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

  private void discardWaiting() {
    face.tally().rejected(QualityReason.AWAITING_SNAPSHOT, buffer.clear());
    face.tally().waiting(0);
  }

  private void ask(Instant now) {
    boolean wanted = phase == Phase.AWAITING || suspicion.wantsSnapshot();
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
