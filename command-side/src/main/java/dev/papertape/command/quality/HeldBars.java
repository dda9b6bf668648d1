package dev.papertape.command.quality;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.DiscardedBy;
import dev.papertape.contracts.quality.QualityEvent.QuarantineDiscarded;
import dev.papertape.contracts.quality.QualityEvent.QuarantineEvent;
import dev.papertape.contracts.quality.QualityEvent.QuarantineReleased;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.contracts.quality.QuarantineCommand;
import dev.papertape.contracts.quality.ReleasedBy;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Bars that the log says were held as spikes: those whose record is open still, and those that an
 * operator has decided on. For a new life of the engine, of the log's newest part.
 */
public final class HeldBars {
  private final Map<String, RecordQuarantined> open = new LinkedHashMap<>();
  private final Set<BarKey> decided = new HashSet<>();

  private HeldBars() {}

  /** Reads the events after a position. */
  public static HeldBars after(
      long position, EventLog log, Function<LoggedEvent, DomainEvent> decode) {
    HeldBars held = new HeldBars();
    log.forEach(
        position,
        log.head(),
        row -> {
          if (row.stream().startsWith(QuarantineCommand.PREFIX)
              && decode.apply(row) instanceof QuarantineEvent event) {
            held.fold(event);
          }
        });
    return held;
  }

  private void fold(QuarantineEvent event) {
    switch (event) {
      case RecordQuarantined record -> {
        if (record.reason() == QualityReason.SPIKE) {
          open.put(record.quarantineId(), record);
        }
      }
      case QuarantineReleased released ->
          ended(released.quarantineId(), released.by() == ReleasedBy.OPERATOR);
      case QuarantineDiscarded discarded ->
          ended(discarded.quarantineId(), discarded.by() == DiscardedBy.OPERATOR);
    }
  }

  private void ended(String quarantineId, boolean byOperator) {
    RecordQuarantined record = open.remove(quarantineId);
    if (record != null && byOperator) {
      BarText.barOf(record)
          .ifPresent(
              candle ->
                  decided.add(
                      new BarKey(candle.venue(), candle.symbol(), candle.bar().openTime())));
    }
  }

  /** Their records, oldest first. */
  public Collection<RecordQuarantined> open() {
    return List.copyOf(open.values());
  }

  /** Whether an operator has decided on the stream's bar of this minute. */
  public boolean isDecided(Venue venue, Symbol symbol, Bar bar) {
    return decided.contains(new BarKey(venue, symbol, bar.openTime()));
  }
}
