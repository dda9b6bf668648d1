package dev.papertape.command.quality;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.NamedRecord;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.StreamCounts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a flood of bad records bounded: of each stream and reason the first {@link #ALONE} records
 * within {@link #WINDOW} of feed time stand alone; those that follow are gathered until the window
 * is over or {@link #GATHERED} are together. Owned by the engine's thread.
 */
final class RecordFlood {
  static final int ALONE = 5;
  static final int GATHERED = 1_000;
  static final Duration WINDOW = Duration.ofSeconds(10);

  private final Out out;
  private final Map<Kind, Window> windows = new LinkedHashMap<>();

  /** A record that is in its stream's counts and in no window yet. */
  private @Nullable Kind inHand;

  /** Takes a record and those that share its event. */
  @FunctionalInterface
  interface Out {
    void named(HeldRecord first, List<NamedRecord> further, long frame, Instant feedTime);
  }

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

  RecordFlood(Out out) {
    this.out = out;
  }

  /** Ends the windows that are over. */
  void tick(Instant feedTime) {
    if (windows.isEmpty()) {
      return;
    }
    for (Iterator<Map.Entry<Kind, Window>> each = windows.entrySet().iterator(); each.hasNext(); ) {
      Map.Entry<Kind, Window> next = each.next();
      if (next.getValue().isOver(feedTime)) {
        each.remove();
        name(next.getValue(), feedTime);
      }
    }
  }

  /** Puts everything that waits into events. */
  void nameAll(Instant feedTime) {
    windows.values().forEach(window -> name(window, feedTime));
  }

  void take(HeldRecord record, long frame, Instant feedTime) {
    Kind kind = new Kind(record.venue(), record.symbol(), record.channel(), record.reason());
    inHand = kind;
    Window window = windows.get(kind);
    if (window != null && window.isOver(feedTime)) {
      name(window, feedTime);
      window = null;
    }
    if (window == null) {
      window = new Window(feedTime);
      windows.put(kind, window);
    }
    inHand = null;
    if (window.alone < ALONE) {
      window.alone++;
      out.named(record, List.of(), frame, feedTime);
    } else if (window.first == null) {
      window.first = record;
      window.firstFrame = frame;
    } else {
      window.further.add(named(record, frame));
      if (window.waiting() >= GATHERED) {
        name(window, feedTime);
      }
    }
  }

  private static NamedRecord named(HeldRecord record, long frame) {
    boolean isBar = record.openTime() != null;
    return new NamedRecord(
        frame, record.receivedAt(), record.raw().sha256(), isBar ? record.raw().text() : null);
  }

  private void name(Window window, Instant feedTime) {
    HeldRecord first = window.first;
    if (first == null) {
      return;
    }
    List<NamedRecord> further = List.copyOf(window.further);
    long frame = window.firstFrame;
    window.first = null;
    window.further.clear();
    out.named(first, further, frame, feedTime);
  }

  /** The counts of the record's stream without those records that no event names yet. */
  StreamCounts counts(HeldRecord record) {
    StreamCounts counts = record.counts().get();
    long unnamed = inHand != null && inHand.sameStream(record.venue(), counts) ? 1 : 0;
    for (Map.Entry<Kind, Window> window : windows.entrySet()) {
      if (window.getKey().sameStream(record.venue(), counts)) {
        unnamed += window.getValue().waiting();
      }
    }
    return unnamed == 0 ? counts : without(counts, unnamed);
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
