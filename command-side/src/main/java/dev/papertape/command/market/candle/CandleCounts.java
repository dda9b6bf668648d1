package dev.papertape.command.market.candle;

import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.command.quality.CandleJudge.Judgement;
import java.time.Instant;

/** Counts of one stream; a bar is received once and ends as exactly one other count. */
public interface CandleCounts {
  /** A bar was judged, or one that had been held was. */
  void judged(Judgement judgement, Instant at, Listener listener);

  /**
   * Received, but not readable.
   *
   * @param row what came, and what is wrong with it
   */
  void malformed(String row, Instant at, Listener listener);

  /** Minutes are missing in a row. */
  void gap();
}
