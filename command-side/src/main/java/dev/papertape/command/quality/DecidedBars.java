package dev.papertape.command.quality;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.engine.EngineCalls;
import dev.papertape.command.engine.EngineCommand.DropBar;
import dev.papertape.command.engine.EngineCommand.UseBar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityEvent.RecordQuarantined;
import dev.papertape.contracts.quality.QuarantineCommand;
import dev.papertape.contracts.quality.RawEncoding;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.nio.charset.StandardCharsets;
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
  private final CanonicalJson json;
  private final EngineCalls engine;

  DecidedBars(EventLog events, EventReader reader, CanonicalJson json, EngineCalls engine) {
    this.events = events;
    this.reader = reader;
    this.json = json;
    this.engine = engine;
  }

  /**
   * Has the bar behind a quarantine used; nothing to do if it is none. Ends the request with 503 if
   * it is one and this process has no engine to tell.
   */
  Runnable release(String quarantineId, String reason) {
    return find(quarantineId)
        .<Runnable>map(record -> () -> use(record, reason))
        .orElse(NOTHING_TO_DO);
  }

  /** The same for a bar that is bad whatever the guards will find. */
  Runnable discard(String quarantineId) {
    return find(quarantineId).<Runnable>map(record -> () -> drop(record)).orElse(NOTHING_TO_DO);
  }

  private Optional<RecordQuarantined> find(String quarantineId) {
    List<LoggedEvent> stream = events.stream(QuarantineCommand.PREFIX + quarantineId, 0);
    if (stream.isEmpty()
        || !(reader.apply(stream.getFirst()) instanceof RecordQuarantined record)
        || record.channel() != Channel.OHLCV
        || record.encoding() != RawEncoding.DECODED) {
      return Optional.empty();
    }
    engine.requireHolder();
    return Optional.of(record);
  }

  private void use(RecordQuarantined record, String reason) {
    UseBar bar =
        new UseBar(
            record.quarantineId(),
            candle(record),
            List.of(record.reason()),
            reason,
            new CompletableFuture<>());
    engine.call(bar, bar.used());
  }

  private void drop(RecordQuarantined record) {
    DropBar bar = new DropBar(record.quarantineId(), candle(record), new CompletableFuture<>());
    engine.call(bar, bar.dropped());
  }

  private Candle candle(RecordQuarantined record) {
    if (record.symbol() == null) {
      throw new IllegalStateException("a bar of no symbol: " + record.quarantineId());
    }
    return new Candle(
        record.venue(),
        record.symbol(),
        CandleInterval.ONE_MINUTE,
        BarText.read(json.read(record.raw().getBytes(StandardCharsets.UTF_8), JsonNode.class)));
  }
}
