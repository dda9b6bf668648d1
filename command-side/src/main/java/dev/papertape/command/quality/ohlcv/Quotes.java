package dev.papertape.command.quality.ohlcv;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The best prices of the venue's book at the time of asking. */
@FunctionalInterface
public interface Quotes {
  Quotes NONE = () -> null;

  /** Null while the book is not known. */
  @Nullable TopOfBook now();

  record TopOfBook(BigDecimal bid, BigDecimal ask) {}
}
