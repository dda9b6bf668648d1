package dev.papertape.command.alpha;

import dev.papertape.contracts.market.Symbol;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the next signal of one alpha must be newer than.
 *
 * @param feedTime of the engine
 * @param newest time of the newest signal, by symbol
 */
public record SignalStand(Instant feedTime, Map<Symbol, Instant> newest) {
  public SignalStand {
    newest = Map.copyOf(newest);
  }

  @Nullable Instant newestOf(Symbol symbol) {
    return newest.get(symbol);
  }
}
