package dev.papertape.command.market.book;

import dev.papertape.command.quality.StreamTally;
import dev.papertape.contracts.quality.QualityReason;
import java.time.Instant;

/** What became of one book's messages so far. */
final class BookCounts {
  private final StreamTally tally;
  private long messages;
  private long broken;
  private long applied;
  private long staleDropped;
  private long checksumsVerified;
  private long checksumsFailed;

  BookCounts(StreamTally tally) {
    this.tally = tally;
  }

  /** A change of the book came. */
  void came(Instant at) {
    messages++;
    tally.received(at);
  }

  /** A message broke the book. */
  void broke() {
    broken++;
  }

  /**
   * A message was applied.
   *
   * @param proved whether it was proved to be in its place
   */
  void applied(boolean proved) {
    applied++;
    if (proved) {
      tally.verified();
    }
  }

  /** A message that the book already contains. */
  void dropped(Verdict verdict) {
    boolean stale = verdict instanceof Verdict.Stale;
    staleDropped += stale ? 1 : 0;
    tally.verified();
    tally.rejected(stale ? QualityReason.STALE : QualityReason.DUPLICATE);
  }

  /** The venue's checksum was compared with the book's. */
  void checksum(boolean equal) {
    checksumsVerified += equal ? 1 : 0;
    checksumsFailed += equal ? 0 : 1;
  }

  long messages() {
    return messages;
  }

  long broken() {
    return broken;
  }

  long applied() {
    return applied;
  }

  long staleDropped() {
    return staleDropped;
  }

  BookReport.Checks checksums() {
    return new BookReport.Checks(checksumsVerified, checksumsFailed);
  }
}
