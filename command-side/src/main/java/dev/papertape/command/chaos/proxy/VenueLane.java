package dev.papertape.command.chaos.proxy;

import dev.papertape.command.VenueSettings;
import dev.papertape.command.chaos.fault.ArmedFault;
import dev.papertape.contracts.chaos.ChaosType;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** One venue's way through the proxy: its true addresses, its faults, its open sockets. */
final class VenueLane {
  private final VenueSettings venue;
  private final InstantSource clock;
  private final Duration callersTimeout;
  private final List<ArmedFault> armed = new CopyOnWriteArrayList<>();
  private final Set<SocketRelay> relays = ConcurrentHashMap.newKeySet();
  private final AtomicInteger owedFlaps = new AtomicInteger();

  /**
   * @param callersTimeout after how long whoever calls the venue gives up
   */
  VenueLane(VenueSettings venue, InstantSource clock, Duration callersTimeout) {
    this.callersTimeout = callersTimeout;
    this.venue = venue;
    this.clock = clock;
  }

  VenueSettings venue() {
    return venue;
  }

  Duration callersTimeout() {
    return callersTimeout;
  }

  Instant now() {
    return clock.instant();
  }

  List<ArmedFault> armed() {
    return armed;
  }

  void arm(ArmedFault fault) {
    armed.add(fault);
  }

  void disarm(ArmedFault fault) {
    fault.disarm();
    armed.remove(fault);
    if (fault.plan().type() == ChaosType.WS_FLAP) {
      owedFlaps.set(0);
    }
  }

  /** The fault of this type that may strike now. */
  Optional<ArmedFault> active(ChaosType type) {
    if (armed.isEmpty()) {
      return Optional.empty();
    }
    Instant now = now();
    return armed.stream()
        .filter(fault -> fault.plan().type() == type && fault.isActive(now))
        .findFirst();
  }

  void opened(SocketRelay relay) {
    relays.add(relay);
    if (owedFlaps.get() > 0) {
      active(ChaosType.WS_FLAP)
          .ifPresent(
              fault -> {
                owedFlaps.decrementAndGet();
                flap(fault);
              });
    }
  }

  void closed(SocketRelay relay) {
    relays.remove(relay);
  }

  /** Closes what is open; the next one that opens if just now none is. */
  void flap(ArmedFault fault) {
    if (!fault.isActive(now())) {
      return;
    }
    List<SocketRelay> open = List.copyOf(relays);
    if (open.isEmpty()) {
      owedFlaps.incrementAndGet();
    } else {
      fault.hit();
      open.forEach(SocketRelay::cut);
    }
  }

  /** Where a request for this path goes: the path was the venue's own all along. */
  URI upstream(boolean socket, String pathQuery) {
    URI base = socket ? venue.stream() : venue.rest();
    return URI.create(base.getScheme() + "://" + base.getRawAuthority() + pathQuery);
  }

  void cutAll() {
    relays.forEach(SocketRelay::cut);
  }
}
