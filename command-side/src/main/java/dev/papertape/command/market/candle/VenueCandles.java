package dev.papertape.command.market.candle;

import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.MarketEvent.CandlesSynced;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * Says how far all streams of a venue have come, at most once a minute: no further than the
 * slowest.
 */
public final class VenueCandles {
  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final Duration BEHIND = Duration.ofMinutes(3);

  private final Venue venue;
  private @Nullable Instant syncedTo;
  private Instant saidAt = Instant.MIN;
  private long bars;

  public VenueCandles(Venue venue) {
    this.venue = venue;
  }

  /**
   * @param streams those that have not begun are left out of account
   */
  public void tick(Collection<CandleStream> streams, Instant now, Listener listener) {
    Instant to = null;
    CandleStream any = null;
    for (CandleStream stream : streams) {
      Instant settled = stream.settledTo();
      if (settled != null) {
        any = stream;
        to = to == null || settled.isBefore(to) ? settled : to;
      }
    }
    if (to == null || any == null) {
      return;
    }
    for (CandleStream stream : streams) {
      bars += stream.takeLiveBars();
    }
    Instant from = syncedTo;
    if (to.plus(BEHIND).isBefore(now)) {
      syncedTo = null; // A back-fill is under way, which is told of by itself.
    } else if (from == null) {
      syncedTo = to;
      bars = 0;
    } else if (to.isAfter(from) && !now.isBefore(saidAt.plus(EVERY))) {
      listener.fact(
          new CandlesSynced(
              venue, null, CandleInterval.ONE_MINUTE, from, to, bars, any.origin(), now));
      syncedTo = to;
      saidAt = now;
      bars = 0;
    }
  }
}
