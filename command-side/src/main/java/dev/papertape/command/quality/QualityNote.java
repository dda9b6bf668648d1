package dev.papertape.command.quality;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.ReleasedBy;
import dev.papertape.contracts.quality.StreamCounts;
import java.time.Instant;
import java.util.List;

/** What the guards have to tell the engine, which makes events of it. */
public sealed interface QualityNote {
  /** A record was put aside. */
  record Held(HeldRecord record) implements QualityNote {}

  /** A bar that had been held turned out good. */
  record BarReleased(Venue venue, Symbol symbol, Instant openTime, ReleasedBy by, String detail)
      implements QualityNote {}

  /** A bar that had been held turned out bad for good. */
  record BarCondemned(Venue venue, Symbol symbol, Instant openTime, String detail)
      implements QualityNote {}

  /** Counts of a venue's streams that changed. */
  record Observed(Venue venue, List<StreamCounts> streams) implements QualityNote {}
}
