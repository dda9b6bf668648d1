package dev.papertape.command.promotion;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRecorded;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardsEvent.GuardCleared;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.GuardsEvent.GuardTripped;
import dev.papertape.contracts.guards.GuardsEvent.GuardsObserved;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.promotion.AlphaRecord;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.QualityEvent.QualityObserved;
import dev.papertape.contracts.quality.StreamCounts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What the gates need of the engine's durable facts: the newest record of each alpha, the newest
 * counts of each book, the guards that are tripped. Bounded by the number of alphas, books and
 * guards' scopes. Written by the journal's thread, read by the conductor's.
 */
final class EngineFacts {
  private final Map<String, AlphaRecord> records = new HashMap<>();
  private final Map<Venue, Map<Symbol, StreamCounts>> books = new TreeMap<>();
  private final SortedSet<Trip> tripped = new TreeSet<>();
  private boolean guardsSeen;
  private long position;
  private @Nullable Instant feedTime;

  private record Trip(GuardName guard, String scope) implements Comparable<Trip> {
    @Override
    public int compareTo(Trip other) {
      return toString().compareTo(other.toString());
    }

    /** A venue's trouble is its own: the router leaves it out. */
    boolean concerns(AlphaSpec alpha) {
      String symbol = GuardName.Scope.SYMBOL.of("");
      return scope.startsWith(symbol)
          ? alpha.trades(new Symbol(scope.substring(symbol.length())))
          : scope.equals(GuardName.Scope.ACCOUNT.name());
    }

    @Override
    public String toString() {
      return guard + " " + scope;
    }
  }

  /**
   * Guards with a lasting state.
   *
   * @param watched how many there are, 0 before the first was heard of
   * @param tripped those that are, for an alpha's symbols or for all trading
   */
  record Guards(int watched, List<String> tripped) {}

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

  /** How all guards stand. */
  synchronized void guards(List<GuardSeen> all) {
    guardsSeen = true;
    tripped.clear();
    all.stream()
        .filter(GuardSeen::tripped)
        .forEach(seen -> tripped.add(new Trip(seen.guard(), seen.scope())));
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
      case GuardsObserved observed -> {
        guards(observed.seen());
        newest(at, observed.feedTime());
      }
      case GuardTripped trip -> {
        tripped.add(new Trip(trip.guard(), trip.scope()));
        newest(at, trip.feedTime());
      }
      case GuardCleared clear -> {
        tripped.remove(new Trip(clear.guard(), clear.scope()));
        newest(at, clear.feedTime());
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

  /** As they stand for an alpha. */
  synchronized Guards guards(AlphaSpec alpha) {
    return new Guards(
        guardsSeen ? GuardName.standing().size() : 0,
        tripped.stream().filter(trip -> trip.concerns(alpha)).map(Trip::toString).toList());
  }
}
