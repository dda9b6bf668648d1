package dev.papertape.command.market.book;

import dev.papertape.command.market.MarketState.Listener;
import dev.papertape.contracts.market.MarketEvent.VenueConnected;
import dev.papertape.contracts.market.MarketEvent.VenueDisconnected;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Which sockets (or recordings) of a venue are alive. A socket that is open but silent for too long
 * counts as gone, until its next frame. The venue is connected while any of its sockets is alive.
 */
final class VenueSockets {
  private final Venue venue;
  private final Duration idleAfter;
  private final Map<Integer, Instant> newestFrame = new HashMap<>();
  private String endpoint = "";
  private long connects;

  VenueSockets(Venue venue, Duration idleAfter) {
    this.venue = venue;
    this.idleAfter = idleAfter;
  }

  boolean connected() {
    return !newestFrame.isEmpty();
  }

  void opened(int source, String openedEndpoint, Instant now, Listener listener) {
    endpoint = openedEndpoint;
    alive(source, now, listener);
  }

  void frame(int source, Instant now, Listener listener) {
    alive(source, now, listener);
  }

  void closed(int source, String reason, Instant now, Listener listener) {
    if (newestFrame.remove(source) != null && !connected()) {
      listener.fact(new VenueDisconnected(venue, reason, now));
    }
  }

  void tick(Instant now, Listener listener) {
    boolean wasConnected = connected();
    for (Iterator<Instant> frames = newestFrame.values().iterator(); frames.hasNext(); ) {
      if (frames.next().plus(idleAfter).isBefore(now)) {
        frames.remove();
      }
    }
    if (wasConnected && !connected()) {
      listener.fact(
          new VenueDisconnected(
              venue, "no frame for more than " + idleAfter.toMillis() + " ms", now));
    }
  }

  private void alive(int source, Instant now, Listener listener) {
    boolean wasConnected = connected();
    newestFrame.put(source, now);
    if (!wasConnected) {
      listener.fact(new VenueConnected(venue, endpoint, connects, now));
      connects++;
    }
  }
}
