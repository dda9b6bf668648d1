package dev.papertape.command.quality;

import dev.papertape.command.market.JudgedCandle;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.DiscardedBy;
import dev.papertape.contracts.quality.NamedRecord;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.quality.QualityEvent.QualityObserved;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.Reexamination;
import dev.papertape.contracts.quality.StreamCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of what the guards say. A flood stays bounded: of each stream and reason the first
 * {@link #ALONE} records within {@link #WINDOW} of feed time have events of their own; those that
 * follow are gathered into one event when the window is over or {@link #GATHERED} are together.
 * Every record is named by its frame and its hash, and none is in a count before it is named. A bar
 * held as a spike always has its own event, which its judge's verdict will name. Owned by the
 * engine's thread.
 */
public final class QuarantineDesk {
  static final int ALONE = 5;
  static final int GATHERED = 1_000;
  static final Duration WINDOW = Duration.ofSeconds(10);

  /** Bars that may still be released or condemned; a judge decides within a few bars. */
  private static final int HELD_BARS = 10_000;

  private final LongFunction<String> ids;
  private final long life;
  private final Consumer<QualityEvent> out;
  private final Map<Kind, Window> windows = new LinkedHashMap<>();
  private final Map<BarKey, String> heldBars =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<BarKey, String> eldest) {
          return size() > HELD_BARS;
        }
      };
  private final LeftOpenBars leftOpen = new LeftOpenBars();
  private long numbered;

  /** A record that is in its stream's counts and in no window yet. */
  private @Nullable Kind inHand;

  private record Kind(Venue venue, @Nullable Symbol symbol, Channel channel, QualityReason reason) {
    boolean sameStream(Venue ofVenue, StreamCounts counts) {
      return venue.equals(ofVenue)
          && Objects.equals(symbol, counts.symbol())
          && channel == counts.channel();
    }
  }

  private static final class Window {
    private final Instant since;
    private int alone;
    private @Nullable HeldRecord first;
    private long firstFrame;
    private final List<NamedRecord> further = new ArrayList<>();

    private Window(Instant since) {
      this.since = since;
    }

    private boolean isOver(Instant now) {
      return !since.plus(WINDOW).isAfter(now);
    }

    private int waiting() {
      return first == null ? 0 : 1 + further.size();
    }
  }

  /**
   * @param ids the id of the n-th quarantine of this life
   * @param life number of the engine's life
   */
  public QuarantineDesk(LongFunction<String> ids, long life, Consumer<QualityEvent> out) {
    this.ids = ids;
    this.life = life;
    this.out = out;
  }

  /** Bars that were held when an earlier life ended; before anything else is taken. */
  public void recall(Collection<RecordQuarantined> heldBefore) {
    heldBefore.forEach(leftOpen::add);
  }

  /** A bar was judged: what was left open of it ends. */
  public void judged(JudgedCandle candle) {
    say(leftOpen.judged(candle));
  }

  private void say(@Nullable QualityEvent event) {
    if (event != null) {
      out.accept(event);
    }
  }

  /** Takes what the guards say, in order. */
  public void take(QualityNote note, long frame, Instant feedTime) {
    switch (note) {
      case QualityNote.Held(HeldRecord record) -> hold(record, frame, feedTime);
      case QualityNote.BarReleased released ->
          ended(
              released.venue(),
              released.symbol(),
              released.openTime(),
              id ->
                  new QuarantineReleased(
                      id,
                      released.venue(),
                      released.symbol(),
                      Channel.OHLCV,
                      1,
                      released.by(),
                      released.detail(),
                      new Reexamination(
                          Reexamination.Verdict.PASS, null, "judged good: " + released.detail())));
      case QualityNote.BarCondemned condemned ->
          ended(
              condemned.venue(),
              condemned.symbol(),
              condemned.openTime(),
              id ->
                  new QuarantineDiscarded(
                      id,
                      condemned.venue(),
                      condemned.symbol(),
                      Channel.OHLCV,
                      1,
                      DiscardedBy.GUARD,
                      condemned.detail()));
      case QualityNote.Observed observed -> {
        nameAll(feedTime);
        out.accept(new QualityObserved(observed.venue(), life, observed.streams(), feedTime));
      }
    }
  }

  /** An operator decided on the record: the guards' later verdict on its bar is no event. */
  public void decided(String quarantineId) {
    heldBars.values().remove(quarantineId);
    leftOpen.decided(quarantineId);
  }

  /** Ends the windows that are over. */
  public void tick(Instant feedTime) {
    if (windows.isEmpty()) {
      return;
    }
    for (Iterator<Map.Entry<Kind, Window>> each = windows.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Kind, Window> next = each.next();
      if (next.getValue().isOver(feedTime)) {
        each.remove();
        name(next.getKey(), next.getValue(), feedTime);
      }
    }
  }

  /** Puts everything that waits into events. */
  public void nameAll(Instant feedTime) {
    windows.forEach((kind, window) -> name(kind, window, feedTime));
  }

  private void hold(HeldRecord record, long frame, Instant feedTime) {
    Kind kind = new Kind(record.venue(), record.symbol(), record.channel(), record.reason());
    inHand = kind;
    boolean undecided = record.reason() == QualityReason.SPIKE;
    if (undecided && record.openTime() != null && record.symbol() != null) {
      inHand = null;
      String id = ids.apply(numbered++);
      BarKey key = new BarKey(record.venue(), record.symbol(), record.openTime());
      say(leftOpen.heldAgain(key, id));
      heldBars.put(key, id);
      out.accept(event(id, record, List.of(), frame, feedTime));
      return;
    }
    Window window = windows.get(kind);
    if (window != null && window.isOver(feedTime)) {
      name(kind, window, feedTime);
      window = null;
    }
    if (window == null) {
      window = new Window(feedTime);
      windows.put(kind, window);
    }
    inHand = null;
    if (window.alone < ALONE) {
      window.alone++;
      out.accept(event(ids.apply(numbered++), record, List.of(), frame, feedTime));
    } else if (window.first == null) {
      window.first = record;
      window.firstFrame = frame;
    } else {
      window.further.add(named(record, frame));
      if (window.waiting() >= GATHERED) {
        name(kind, window, feedTime);
      }
    }
  }

  private static NamedRecord named(HeldRecord record, long frame) {
    boolean isBar = record.openTime() != null;
    return new NamedRecord(
        frame, record.receivedAt(), record.raw().sha256(), isBar ? record.raw().text() : null);
  }

  private void name(Kind kind, Window window, Instant feedTime) {
    HeldRecord first = window.first;
    if (first == null) {
      return;
    }
    List<NamedRecord> further = List.copyOf(window.further);
    long frame = window.firstFrame;
    window.first = null;
    window.further.clear();
    out.accept(event(ids.apply(numbered++), first, further, frame, feedTime));
  }

  /** The stream's counts without those records that no event names yet. */
  private StreamCounts named(HeldRecord record) {
    StreamCounts counts = record.counts().get();
    long unnamed = inHand != null && inHand.sameStream(record.venue(), counts) ? 1 : 0;
    for (Map.Entry<Kind, Window> window : windows.entrySet()) {
      if (window.getKey().sameStream(record.venue(), counts)) {
        unnamed += window.getValue().waiting();
      }
    }
    return unnamed == 0 ? counts : without(counts, unnamed);
  }

  private void ended(
      Venue venue, Symbol symbol, Instant openTime, Function<String, QualityEvent> event) {
    String id = heldBars.remove(new BarKey(venue, symbol, openTime));
    if (id != null) {
      out.accept(event.apply(id));
    }
  }

  private RecordQuarantined event(
      String id, HeldRecord record, List<NamedRecord> further, long frame, Instant feedTime) {
    return new RecordQuarantined(
        id,
        record.venue(),
        record.symbol(),
        record.channel(),
        record.reason(),
        record.detail(),
        record.evidence(),
        record.encoding(),
        record.raw().text(),
        record.raw().bytes(),
        record.raw().sha256(),
        further,
        named(record),
        life,
        frame,
        record.receivedAt(),
        feedTime);
  }

  private static StreamCounts without(StreamCounts counts, long records) {
    return new StreamCounts(
        counts.symbol(),
        counts.channel(),
        counts.received() - records,
        counts.accepted(),
        counts.flagged(),
        counts.rejected(),
        counts.quarantined() - records,
        counts.byReason(),
        counts.gaps(),
        counts.resyncs(),
        counts.verified(),
        counts.lastAt(),
        counts.state());
  }
}
