package dev.papertape.command.market.archive;

import dev.papertape.command.engine.CandleArchive;
import dev.papertape.command.market.CandleMemory;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.eventstore.market.CandleStore;
import dev.papertape.eventstore.market.Span;
import dev.papertape.eventstore.market.StoredCandle;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Candles in PostgreSQL. */
public final class StoredCandles implements CandleArchive {
  /** The guards look 240 bars back at most, quarantined ones left out. */
  private static final int REMEMBERED = 300;

  private final CandleStore store;
  private final InstantSource clock;
  private final WriterMetrics metrics;

  /**
   * @param clock says when a failure that lasts is logged again
   */
  public StoredCandles(CandleStore store, MeterRegistry registry, InstantSource clock) {
    this.store = store;
    this.clock = clock;
    this.metrics = new WriterMetrics(registry);
  }

  /**
   * @throws IllegalStateException when the database does not answer
   */
  @Override
  public Map<Venue, Map<Symbol, CandleMemory>> recall(Set<Venue> venues) {
    Map<Venue, Map<Symbol, CandleMemory>> memories = new HashMap<>();
    try {
      for (Venue venue : venues) {
        Map<Symbol, CandleMemory> symbols = new HashMap<>();
        for (String symbol : store.symbols(venue.name())) {
          symbols.put(new Symbol(symbol), memory(venue.name(), symbol));
        }
        memories.put(venue, Map.copyOf(symbols));
      }
    } catch (SQLException unreadable) {
      throw new IllegalStateException(
          "stored candles cannot be read: " + unreadable.getMessage(), unreadable);
    }
    return memories;
  }

  private CandleMemory memory(String venue, String symbol) throws SQLException {
    List<Span> coverage = store.coverage(venue, symbol);
    List<StoredCandle> stored = store.newest(venue, symbol, REMEMBERED);
    List<Bar> newest =
        stored.stream()
            .filter(candle -> !candle.state().equals(StoredCandle.QUARANTINED))
            .map(StoredCandles::bar)
            .toList();
    Instant coveredTo = coverage.isEmpty() ? null : coverage.getLast().to();
    Bar undecided =
        !stored.isEmpty() && isUndecided(stored.getLast()) ? bar(stored.getLast()) : null;
    return new CandleMemory(coveredTo, newest, undecided);
  }

  /** Held when its life ended. */
  private static boolean isUndecided(StoredCandle newest) {
    return newest.state().equals(StoredCandle.QUARANTINED)
        && !newest.reasons().isEmpty()
        && newest.reasons().getFirst().equals(QualityReason.SPIKE.name());
  }

  private static Bar bar(StoredCandle candle) {
    return new Bar(
        candle.openTime(),
        candle.open(),
        candle.high(),
        candle.low(),
        candle.close(),
        candle.volume(),
        candle.vwap(),
        candle.trades());
  }

  @Override
  public Writing open() {
    return new CandleWriter(store, metrics, clock);
  }
}
