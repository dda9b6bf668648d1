package dev.papertape.command.quality;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.engine.EngineCalls;
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
 * Hands bars that an operator released to the engine, which owns what candles are used. Only its
 * process can; a hand-over that a crash cut off is made up for by asking for the release again.
 */
@Component
class ReleasedBars {
  private final EventLog events;
  private final EventReader reader;
  private final CanonicalJson json;
  private final EngineCalls engine;

  ReleasedBars(EventLog events, EventReader reader, CanonicalJson json, EngineCalls engine) {
    this.events = events;
    this.reader = reader;
    this.json = json;
    this.engine = engine;
  }

  /**
   * The bar behind a quarantine, nothing if it is none; ends the request with 503 if it is one and
   * this process has no engine to use it.
   */
  Optional<UseBar> find(String quarantineId, String reason) {
    List<LoggedEvent> stream = events.stream(QuarantineCommand.PREFIX + quarantineId, 0);
    if (stream.isEmpty()
        || !(reader.apply(stream.getFirst()) instanceof RecordQuarantined record)
        || record.channel() != Channel.OHLCV
        || record.encoding() != RawEncoding.DECODED) {
      return Optional.empty();
    }
    engine.requireHolder();
    return Optional.of(
        new UseBar(candle(record), List.of(record.reason()), reason, new CompletableFuture<>()));
  }

  void use(UseBar bar) {
    engine.call(bar, bar.used());
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
