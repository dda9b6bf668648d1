package dev.papertape.command.promotion;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRecorded;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.promotion.AlphaRecord;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityEvent.QualityObserved;
import dev.papertape.contracts.quality.StreamCounts;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the gates need of the engine's durable facts: the newest record of each alpha, the newest
 * counts of each book. Bounded by the number of alphas and of books. Written by the journal's
 * thread, read by the conductor's.
 */
final class EngineFacts {
  private final Map<String, AlphaRecord> records = new HashMap<>();
  private final Map<Venue, Map<Symbol, StreamCounts>> books = new TreeMap<>();
  private long position;
  private @Nullable Instant feedTime;

  /**
   * Book messages in this life of the engine.
   *
   * @param verified null where no venue offers proof
   */
  record Quality(long received, @Nullable Long verified) {}

  /**
   * @param position log position up to which the facts were read
   * @param feedTime of the newest
   */
  record Newest(long position, Instant feedTime) {}

  /** A record of an earlier life; a newer one wins. */
  synchronized void recall(AlphaRecorded recorded) {
    records.putIfAbsent(recorded.alphaId(), AlphaRecord.of(recorded));
  }

  /**
   * @param at log position of it, or of a later one that became durable with it
   */
  synchronized void take(DomainEvent fact, long at) {
    switch (fact) {
      case AlphaRecorded recorded -> {
        records.put(recorded.alphaId(), AlphaRecord.of(recorded));
        newest(at, recorded.feedTime());
      }
      case QualityObserved observed -> {
        Map<Symbol, StreamCounts> venue =
            books.computeIfAbsent(observed.venue(), _ -> new TreeMap<>());
        for (StreamCounts counts : observed.streams()) {
          if (counts.channel() == Channel.L2 && counts.symbol() != null) {
            venue.put(counts.symbol(), counts);
          }
        }
        newest(at, observed.feedTime());
      }
      default -> {}
    }
  }

  private void newest(long at, Instant time) {
    position = Math.max(position, at);
    feedTime = time;
  }

  /** Null before the first. */
  synchronized @Nullable Newest newest() {
    return feedTime == null ? null : new Newest(position, feedTime);
  }

  /** Null before the first. */
  synchronized @Nullable AlphaRecord record(String alphaId) {
    return records.get(alphaId);
  }

  /** Of the books of an alpha's symbols, all venues together. */
  synchronized Quality quality(AlphaSpec alpha) {
    long received = 0;
    Long verified = null;
    for (Map<Symbol, StreamCounts> venue : books.values()) {
      for (Map.Entry<Symbol, StreamCounts> book : venue.entrySet()) {
        if (alpha.trades(book.getKey())) {
          StreamCounts counts = book.getValue();
          received += counts.received();
          if (counts.verified() != null) {
            verified = counts.verified() + (verified == null ? 0 : verified);
          }
        }
      }
    }
    return new Quality(received, verified);
  }
}
