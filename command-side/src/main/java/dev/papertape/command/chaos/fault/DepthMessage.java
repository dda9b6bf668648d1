package dev.papertape.command.chaos.fault;

import java.math.BigDecimal;

/** The part of a venue's message that changes one book; changing it changes the message. */
interface DepthMessage {
  /** Whose book, as {@link DepthWire#bare} makes it. */
  String symbol();

  /** Whether it is the whole book rather than a change of it. */
  boolean isSnapshot();

  /** Replaces the quantity of each level by what the edit makes of it. */
  void edit(Edit edit);

  /** Adds a level that the message does not have. */
  void append(boolean bid, BigDecimal price, BigDecimal quantity);

  /** A level's new quantity; 0 where it is removed. */
  @FunctionalInterface
  interface Edit {
    BigDecimal quantity(boolean bid, BigDecimal price, BigDecimal quantity);
  }
}
