package dev.papertape.command.engine;

import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Where candles are kept beyond one life of the engine. */
public interface CandleArchive {
  /** Keeps nothing. */
  CandleArchive NONE =
      new CandleArchive() {
        @Override
        public Map<Venue, Map<Symbol, CandleMemory>> recall(Set<Venue> venues) {
          return Map.of();
        }

        @Override
        public Writing open() {
          return Writing.NONE;
        }
      };

  /** What is stored of these venues' streams; blocks. */
  Map<Venue, Map<Symbol, CandleMemory>> recall(Set<Venue> venues);

  /** Opens it for one life. */
  Writing open();

  /** Takes what the engine says, on its thread, in order; blocks only when far behind. */
  interface Writing extends AutoCloseable {
    Writing NONE =
        new Writing() {
          @Override
          public void judged(JudgedCandle candle) {}

          @Override
          public void covered(Venue venue, Symbol symbol, Instant from, Instant to) {}

          @Override
          public void release() {}

          @Override
          public void close() {}
        };

    void judged(JudgedCandle candle);

    /** All candles of {@code [from, to)} were judged; the other minutes had no trade. */
    void covered(Venue venue, Symbol symbol, Instant from, Instant to);

    /** Never blocks the engine from now on: it is to stop. */
    void release();

    /** Writes what is left, as far as that can be done soon. */
    @Override
    void close();
  }
}
