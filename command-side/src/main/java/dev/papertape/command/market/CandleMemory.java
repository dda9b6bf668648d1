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
 * @param undecided a bar after those that was held when its life ended, null if none was
 */
public record CandleMemory(@Nullable Instant coveredTo, List<Bar> newest, @Nullable Bar undecided) {
  /** Nothing is stored. */
  public static final CandleMemory NONE = new CandleMemory(null, List.of());

  public CandleMemory {
    newest = List.copyOf(newest);
  }

  /** No bar was held. */
  public CandleMemory(@Nullable Instant coveredTo, List<Bar> newest) {
    this(coveredTo, newest, null);
  }

  /** The same once it is known what becomes of the bar that was held. */
  public CandleMemory decided() {
    return new CandleMemory(coveredTo, newest);
  }

  /**
   * Up to where nothing is left to be judged: a held bar is fetched once more, so that it is judged
   * with the bar after it.
   */
  public @Nullable Instant settledTo() {
    Bar held = undecided;
    return coveredTo != null && held != null && held.openTime().isBefore(coveredTo)
        ? held.openTime()
        : coveredTo;
  }
}
