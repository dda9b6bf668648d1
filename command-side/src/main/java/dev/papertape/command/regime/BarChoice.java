package dev.papertape.command.regime;

import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One bar a minute out of those of all venues: the leader's, which is the first venue by name that
 * ever had a bar of the symbol; another's where the leader has none some seconds after the minute's
 * end. In order of time; what comes late is left out.
 */
final class BarChoice {
  /** A live minute is final five seconds after its end at the latest (decision 0011). */
  private static final Duration WAIT = Duration.ofSeconds(6);

  /** Bars kept that nobody asked for yet: a week of minutes. */
  private static final int MOST = 10_080;

  private final NavigableMap<Instant, Offer> offers = new TreeMap<>();
  private @Nullable Venue leader;
  private @Nullable Instant taken;

  private record Offer(Venue venue, RegimeBar bar) {}

  void offer(Venue venue, RegimeBar bar) {
    if (leader == null || venue.compareTo(leader) < 0) {
      leader = venue;
    }
    if (taken != null && !bar.openTime().isAfter(taken)) {
      return;
    }
    offers.merge(
        bar.openTime(),
        new Offer(venue, bar),
        (known, now) -> now.venue.compareTo(known.venue) <= 0 ? now : known);
    if (offers.size() > MOST) {
      offers.pollFirstEntry();
    }
  }

  /** The next bar that is due; null when none is. */
  @Nullable RegimeBar poll(Instant feedTime) {
    Map.Entry<Instant, Offer> first = offers.firstEntry();
    if (first == null) {
      return null;
    }
    Offer offer = first.getValue();
    boolean isDue =
        offer.venue.equals(leader) || !offer.bar.closeTime().plus(WAIT).isAfter(feedTime);
    if (!isDue) {
      return null;
    }
    offers.pollFirstEntry();
    taken = first.getKey();
    return offer.bar;
  }
}
