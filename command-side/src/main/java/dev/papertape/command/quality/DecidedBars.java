package dev.papertape.command.quality;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.engine.EngineCalls;
import dev.papertape.command.engine.EngineCommand.DropBar;
import dev.papertape.command.engine.EngineCommand.UseBar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QuarantineCommand;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Component;

/**
 * Tells the engine of bars that an operator decided on: it owns what candles are used. Only its
 * process can; a hand-over that a crash cut off is made up for by asking for the decision again.
 */
@Component
class DecidedBars {
  private static final Runnable NOTHING_TO_DO = () -> {};

  private final EventLog events;
  private final EventReader reader;
  private final EngineCalls engine;

  DecidedBars(EventLog events, EventReader reader, EngineCalls engine) {
    this.events = events;
    this.reader = reader;
    this.engine = engine;
  }

  /**
   * Has the bars behind a quarantine used, every one that shares its event; nothing to do if it is
   * of none. Ends the request with 503 if it is and this process has no engine to tell.
   */
  Runnable release(String quarantineId, String reason) {
    return find(quarantineId)
        .<Runnable>map(record -> () -> use(record, reason))
        .orElse(NOTHING_TO_DO);
  }

  /** The same for bars that are bad whatever the guards will find. */
  Runnable discard(String quarantineId) {
    return find(quarantineId).<Runnable>map(record -> () -> drop(record)).orElse(NOTHING_TO_DO);
  }

  private Optional<RecordQuarantined> find(String quarantineId) {
    List<LoggedEvent> stream = events.stream(QuarantineCommand.PREFIX + quarantineId, 0);
    if (stream.isEmpty()
        || !(reader.apply(stream.getFirst()) instanceof RecordQuarantined record)
        || BarText.barsOf(record).isEmpty()) {
      return Optional.empty();
    }
    engine.requireHolder();
    return Optional.of(record);
  }

  private void use(RecordQuarantined record, String reason) {
    for (Candle candle : BarText.barsOf(record)) {
      UseBar bar =
          new UseBar(
              record.quarantineId(),
              candle,
              List.of(record.reason()),
              reason,
              new CompletableFuture<>());
      engine.call(bar, bar.used());
    }
  }

  private void drop(RecordQuarantined record) {
    for (Candle candle : BarText.barsOf(record)) {
      DropBar bar = new DropBar(record.quarantineId(), candle, new CompletableFuture<>());
      engine.call(bar, bar.dropped());
    }
  }
}
