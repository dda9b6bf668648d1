package dev.papertape.command.quality;

import dev.papertape.command.market.JudgedCandle;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.quality.DiscardedBy;
import dev.papertape.contracts.quality.QualityEvent;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.Reexamination;
import dev.papertape.contracts.quality.ReleasedBy;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Records of bars that were held when an earlier life of the engine ended. The bar is judged anew
 * in this one; its record ends then, so that no bar has two that are open. One that is never judged
 * again stays open for an operator. Owned by the engine's thread.
 */
final class LeftOpenBars {
  private final Map<BarKey, RecordQuarantined> records = new HashMap<>();

  /** From the log; one that is no whole bar is left alone. */
  void add(RecordQuarantined record) {
    BarText.barOf(record)
        .ifPresent(
            candle ->
                records.put(
                    new BarKey(candle.venue(), candle.symbol(), candle.bar().openTime()), record));
  }

  /** An operator decided on it. */
  void decided(String quarantineId) {
    records.values().removeIf(record -> record.quarantineId().equals(quarantineId));
  }

  /** The bar is held again, under a record of its own. Null if none of it was open. */
  @Nullable QualityEvent heldAgain(BarKey bar, String as) {
    RecordQuarantined record = records.remove(bar);
    return record == null ? null : discarded(record, "held again as " + as);
  }

  /** What a verdict on a bar says of its record. Null if none of it was open. */
  @Nullable QualityEvent judged(JudgedCandle judged) {
    if (records.isEmpty()) {
      return null;
    }
    Candle candle = judged.candle();
    BarKey key = new BarKey(candle.venue(), candle.symbol(), candle.bar().openTime());
    return switch (judged.outcome()) {
      case PASSED, FLAGGED, RELEASED -> passed(records.remove(key), candle.bar(), judged.detail());
      case QUARANTINED, CONDEMNED -> {
        RecordQuarantined record = records.remove(key);
        yield record == null ? null : discarded(record, judged.detail());
      }
      case REJECTED -> null;
    };
  }

  private static @Nullable QualityEvent passed(
      @Nullable RecordQuarantined record, Bar bar, String detail) {
    if (record == null) {
      return null;
    }
    boolean isSame = BarText.barOf(record).filter(held -> held.bar().hasFiguresOf(bar)).isPresent();
    return isSame
        ? new QuarantineReleased(
            record.quarantineId(),
            record.venue(),
            record.symbol(),
            record.channel(),
            record.records(),
            ReleasedBy.GUARD,
            because(detail.isEmpty() ? "it passes" : detail),
            new Reexamination(Reexamination.Verdict.PASS, null, "judged good after a restart"))
        : discarded(record, "the venue sent another bar in its place");
  }

  private static QualityEvent discarded(RecordQuarantined record, String detail) {
    return new QuarantineDiscarded(
        record.quarantineId(),
        record.venue(),
        record.symbol(),
        record.channel(),
        record.records(),
        DiscardedBy.GUARD,
        because(detail));
  }

  private static String because(String detail) {
    return "the engine ended before it was decided; judged anew: " + detail;
  }
}
