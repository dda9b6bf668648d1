package dev.papertape.command.market.book;

import dev.papertape.contracts.market.MarketEvent.BookResynced;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time in which a book is not synced: why, since when, and how many snapshots were tried. */
final class Outage {
  private Break cause = Break.of(Break.Reason.INITIAL);
  private @Nullable Instant since;
  private int attempts;

  /** The book is wanted and not synced; the first such moment counts. */
  void noticed(Instant now) {
    if (since == null) {
      since = now;
    }
  }

  /** A synced book broke. */
  void begins(Break broken, Instant now) {
    cause = broken;
    since = now;
    attempts = 0;
  }

  void attempt() {
    attempts++;
  }

  boolean isInitial() {
    return cause.reason() == Break.Reason.INITIAL;
  }

  /** The fact that ends it. */
  BookResynced ends(BookFace face, Instant now) {
    return new BookResynced(
        face.instrument().venue(),
        face.instrument().symbol(),
        cause.reason().name(),
        cause.gapSize(),
        face.snapshotLastUpdateId(),
        attempts,
        since == null ? now : since,
        now);
  }
}
