package dev.papertape.eventstore.market;

import java.time.Instant;

/** One thing to write; what is written together is applied in its order. */
public sealed interface CandleWrite {

  /**
   * A source delivered the candle. The same figures again change nothing, whatever was made of them
   * meanwhile; other figures are a revision.
   */
  record Observed(StoredCandle candle) implements CandleWrite {}

  /**
   * What is to be thought of a candle changed. A revision, unless it was thought before; nothing
   * when the table has other figures by now, or none.
   */
  record Ruled(StoredCandle candle) implements CandleWrite {}

  /**
   * All candles of {@code [from, to)} have been written; the minutes without one had no trade.
   *
   * @param to after {@code from}
   */
  record Covered(String venue, String symbol, Instant from, Instant to) implements CandleWrite {}
}
