package dev.papertape.command.market.wire;

import dev.papertape.contracts.market.Symbol;
import org.jspecify.annotations.Nullable;

/** Papertape's names for a venue's symbols, and back. */
public interface SymbolNames {
  /** Null if the wire's name means nothing here. */
  @Nullable Symbol symbol(String wire);

  /** The wire's name that {@link #symbol} was asked for, or the usual one of such a symbol. */
  String wire(Symbol symbol);
}
