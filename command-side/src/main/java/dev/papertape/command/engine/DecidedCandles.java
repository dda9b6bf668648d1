package dev.papertape.command.engine;

import dev.papertape.command.market.JudgedCandle;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Bars that an operator released or discarded in this life, by their figures; the oldest are
 * forgotten. The guards do not hear of it, and their own verdict on a held bar may come later.
 */
final class DecidedCandles {
  private static final int REMEMBERED = 4_096;

  private record Key(Venue venue, Symbol symbol, Instant openTime, List<BigDecimal> figures) {
    private static Key of(Candle candle) {
      Bar bar = candle.bar();
      return new Key(
          candle.venue(),
          candle.symbol(),
          bar.openTime(),
          Stream.of(bar.open(), bar.high(), bar.low(), bar.close(), bar.volume())
              .map(BigDecimal::stripTrailingZeros)
              .toList());
    }
  }

  private final Map<Key, Boolean> decided =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  void add(Candle candle) {
    decided.put(Key.of(candle), true);
  }

  /** Whether this is the guards' verdict on a bar that an operator has decided on. */
  boolean outweighs(JudgedCandle judged) {
    return switch (judged.outcome()) {
      case RELEASED, CONDEMNED -> decided.containsKey(Key.of(judged.candle()));
      case PASSED, FLAGGED, REJECTED, QUARANTINED -> false;
    };
  }
}
