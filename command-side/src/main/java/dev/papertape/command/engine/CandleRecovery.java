package dev.papertape.command.engine;

import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.quality.HeldBars;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.execution.ExecutionEvent.EngineCheckpointed;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Tells a new life's market what is stored of its candles, and finds in the log what became of the
 * bars that were held when the life before it ended.
 */
final class CandleRecovery {
  /**
   * A bar that is not stored was held just before the end, and that is after the last checkpoint.
   */
  private static final Duration BEFORE_CHECKPOINT = Duration.ofMinutes(1);

  private final EventLog log;
  private final Function<LoggedEvent, DomainEvent> decode;

  CandleRecovery(EventLog log, Function<LoggedEvent, DomainEvent> decode) {
    this.log = log;
    this.decode = decode;
  }

  /**
   * @param memories of each venue's streams; empty for a market that begins with nothing
   */
  HeldBars recover(Map<Venue, Map<Symbol, CandleMemory>> memories, MarketState market) {
    HeldBars held = HeldBars.after(log.lastBefore(oldest(memories.values())), log, decode);
    memories.forEach(
        (venue, symbols) ->
            symbols.forEach(
                (symbol, memory) ->
                    market.recall(venue, symbol, settled(venue, symbol, memory, held))));
    return held;
  }

  private Instant oldest(Collection<Map<Symbol, CandleMemory>> memories) {
    Instant checkpoint =
        log.lastOf(EngineCheckpointed.STREAM)
            .map(row -> row.recordedAt().minus(BEFORE_CHECKPOINT))
            .orElse(Instant.EPOCH);
    return memories.stream()
        .flatMap(symbols -> symbols.values().stream())
        .map(CandleMemory::undecided)
        .filter(Objects::nonNull)
        .map(bar -> Objects.requireNonNull(bar).openTime())
        .filter(checkpoint::isAfter)
        .min(Instant::compareTo)
        .orElse(checkpoint);
  }

  /** An operator's word stands: what he decided on is not fetched to be judged anew. */
  private static CandleMemory settled(
      Venue venue, Symbol symbol, CandleMemory memory, HeldBars held) {
    Bar undecided = memory.undecided();
    return undecided != null && held.isDecided(venue, symbol, undecided)
        ? memory.decided()
        : memory;
  }
}
