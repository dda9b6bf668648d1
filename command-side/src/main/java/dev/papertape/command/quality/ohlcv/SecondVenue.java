package dev.papertape.command.quality.ohlcv;

import dev.papertape.contracts.market.Bar;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The same instrument at another venue: the witness of a bar that looks wrong. */
@FunctionalInterface
public interface SecondVenue {
  SecondVenue NONE = _ -> null;

  /** Its bar over exactly the judged bar's span; null while, or where, there is none. */
  @Nullable Bar barAt(Instant openTime);
}
