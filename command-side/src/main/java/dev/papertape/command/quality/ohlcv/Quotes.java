package dev.papertape.command.quality.ohlcv;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The best prices of the venue's own book at the end of a bar. */
@FunctionalInterface
public interface Quotes {
  Quotes NONE = _ -> null;

  /** Null where the book was not known then, or it is too long ago. */
  @Nullable TopOfBook at(Instant barEnd);

  /**
   * Best prices.
   *
   * @param since when they became these; unchanged quotes have the same
   */
  record TopOfBook(BigDecimal bid, BigDecimal ask, Instant since) {}
}
