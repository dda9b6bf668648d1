package dev.papertape.contracts.quality;

import dev.papertape.contracts.market.Symbol;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts of one stream since the engine's life began; {@code received = accepted + rejected +
 * quarantined}. A record counts as received once its fate is known: a book's message that waits for
 * a snapshot, and a bad record that is not in an event yet, are in none of the counts.
 *
 * @param symbol null for frames that cannot be told to be of any symbol
 * @param accepted passed or flagged
 * @param flagged those of the accepted that a guard found odd
 * @param rejected identical duplicates, stale ones, those that broke a book or went with it
 * @param quarantined named in {@code RecordQuarantined} events of this life
 * @param byReason how often each reason was found, whatever became of the record
 * @param gaps how often records were found missing
 * @param resyncs how often the book was synced again after it had been synced
 * @param verified those of the received that were proved to be in their place, null where the
 *     channel offers no proof
 * @param lastAt receive time of the newest, null before the first
 */
public record StreamCounts(
    @Nullable Symbol symbol,
    Channel channel,
    long received,
    long accepted,
    long flagged,
    long rejected,
    long quarantined,
    Map<QualityReason, Long> byReason,
    long gaps,
    long resyncs,
    @Nullable Long verified,
    @Nullable Instant lastAt,
    StreamState state) {

  /** A stream of which nothing came yet. */
  public static StreamCounts none(@Nullable Symbol symbol, Channel channel) {
    return new StreamCounts(
        symbol, channel, 0, 0, 0, 0, 0, Map.of(), 0, 0, null, null, StreamState.UNVERIFIABLE);
  }

  /** Whether nothing was lost from the books. */
  public boolean reconciles() {
    return received == accepted + rejected + quarantined;
  }
}
