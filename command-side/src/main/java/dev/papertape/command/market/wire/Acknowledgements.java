package dev.papertape.command.market.wire;

import dev.papertape.contracts.market.Symbol;
import org.jspecify.annotations.Nullable;

/** Told what a venue says it has done of what it was asked for over the same connection. */
@FunctionalInterface
public interface Acknowledgements {
  /** Of recordings, where nobody asks. */
  Acknowledgements NONE = (request, symbol) -> {};

  /**
   * The request, and whatever was asked before it, was carried out or refused.
   *
   * @param request its number on the connection, from 1
   * @param symbol the one that the answer is of, null if it is of all that the request named
   */
  void acknowledged(long request, @Nullable Symbol symbol);
}
