package dev.papertape.command.market.book;

import org.jspecify.annotations.Nullable;

/** What a depth message proves about the book that it is meant for; one type for all venues. */
public sealed interface Verdict {
  /** Follows what the book holds without anything missing between. */
  record InOrder() implements Verdict {}

  /** The message that the book applied last, once more. */
  record Duplicate() implements Verdict {}

  /** Older than the book. */
  record Stale() implements Verdict {}

  /**
   * Messages are missing before this one.
   *
   * @param size how many updates, null where the protocol does not tell
   */
  record Gap(@Nullable Long size) implements Verdict {}

  /** The venue's statement about the book and the book itself differ. */
  record Divergence(String expected, String computed) implements Verdict {}

  /** The venue started its sequence anew. */
  record Reset() implements Verdict {}

  /** Newer than the book, yet built on something older than the book. */
  record OutOfOrder() implements Verdict {}

  /** May follow, which nothing proves; {@code reason} says why. */
  record Unverifiable(String reason) implements Verdict {}

  Verdict IN_ORDER = new InOrder();
  Verdict DUPLICATE = new Duplicate();
  Verdict STALE = new Stale();
  Verdict OUT_OF_ORDER = new OutOfOrder();

  /** Whether the book is to be discarded and built anew from a snapshot. */
  default boolean requiresResync() {
    return switch (this) {
      case Gap _, Divergence _, Reset _, OutOfOrder _ -> true;
      case InOrder _, Duplicate _, Stale _, Unverifiable _ -> false;
    };
  }
}
