package dev.papertape.command.market;

import dev.papertape.contracts.market.Bar;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a stream's one-minute candles when the engine begins.
 *
 * @param coveredTo up to where they are complete, null when nothing is stored
 * @param newest the newest that are not quarantined, oldest first: what the guards compare with
 */
public record CandleMemory(@Nullable Instant coveredTo, List<Bar> newest) {
  /** Nothing is stored. */
  public static final CandleMemory NONE = new CandleMemory(null, List.of());

  public CandleMemory {
    newest = List.copyOf(newest);
  }
}
