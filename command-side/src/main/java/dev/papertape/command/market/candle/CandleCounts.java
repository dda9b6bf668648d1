package dev.papertape.command.market.candle;

import java.time.Instant;

/** Counts of one stream; a bar is received once and ends as exactly one other count. */
public interface CandleCounts {
  void received(Instant at);

  void accepted();

  void rejected(long bars);

  void quarantined();

  /** Received, but not readable. */
  void malformed(Instant at);

  /** Minutes are missing in a row. */
  void gap();
}
