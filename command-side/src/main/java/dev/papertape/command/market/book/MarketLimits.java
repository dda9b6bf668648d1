package dev.papertape.command.market.book;

import dev.papertape.command.market.Backoff;
import java.time.Duration;

/**
 * Time-outs and bounds of books and sockets.
 *
 * @param bookStaleAfter a synced book without an accepted message for longer is STALE
 * @param bookResyncAfter a live book silent for longer is fetched anew: its subscription may be
 *     lost; a recorded one never is
 * @param socketIdleAfter a socket without any frame for longer counts as disconnected
 * @param firstMessageWait a fresh subscription's book waits so long for its first message before
 *     its snapshot is asked for without one
 * @param snapshotTimeout a snapshot not answered for longer is asked for again
 * @param snapshotBackoff waits between snapshot requests of one book after failures
 * @param bufferedDiffs messages kept while a snapshot is awaited; the oldest are dropped beyond
 * @param levelsPerSide a book with more levels on a side is discarded
 */
public record MarketLimits(
    Duration bookStaleAfter,
    Duration bookResyncAfter,
    Duration socketIdleAfter,
    Duration firstMessageWait,
    Duration snapshotTimeout,
    Backoff snapshotBackoff,
    int bufferedDiffs,
    int levelsPerSide) {

  public static MarketLimits defaults() {
    return new MarketLimits(
        Duration.ofSeconds(5),
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30)),
        4096,
        100_000);
  }
}
