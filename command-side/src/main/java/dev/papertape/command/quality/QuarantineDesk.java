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
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of what the guards say: of a flood bounded many ({@link RecordFlood}), each record
 * named by its frame and its hash, and none in a count before it is named. A bar held as a spike
 * always has its own event, which its judge's verdict will name. Owned by the engine's thread.
 */
public final class QuarantineDesk {
  /** Bars that may still be released or condemned; a judge decides within a few bars. */
  private static final int HELD_BARS = 10_000;

  private final LongFunction<String> ids;
  private final long life;
  private final Consumer<QualityEvent> out;
  private final RecordFlood flood = new RecordFlood(this::quarantined);
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

  /** Ends what has been gathered for long enough. */
  public void tick(Instant feedTime) {
    flood.tick(feedTime);
  }

  /** Puts everything that waits into events. */
  public void nameAll(Instant feedTime) {
    flood.nameAll(feedTime);
  }

  private void hold(HeldRecord record, long frame, Instant feedTime) {
    boolean undecided = record.reason() == QualityReason.SPIKE;
    if (!undecided || record.openTime() == null || record.symbol() == null) {
      flood.take(record, frame, feedTime);
      return;
    }
    String id = ids.apply(numbered++);
    BarKey key = new BarKey(record.venue(), record.symbol(), record.openTime());
    say(leftOpen.heldAgain(key, id));
    heldBars.put(key, id);
    out.accept(event(id, record, List.of(), frame, feedTime));
  }

  private void quarantined(
      HeldRecord first, List<NamedRecord> further, long frame, Instant feedTime) {
    out.accept(event(ids.apply(numbered++), first, further, frame, feedTime));
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
        flood.counts(record),
        life,
        frame,
        record.receivedAt(),
        feedTime);
  }
}
