package dev.papertape.command.budget;

import dev.papertape.command.engine.EngineCommand.CloseVenues;
import dev.papertape.command.engine.EngineRuntime;
import dev.papertape.command.router.Gate;
import dev.papertape.contracts.budget.ProviderState;
import dev.papertape.contracts.market.Venue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * In the process that runs the engine: looks at the venues' ledgers once a second and tells the
 * engine which venues their budget or their breaker closes. Always the whole of it, so that a new
 * life of the engine knows within a second. One platform thread.
 */
final class VenueClosureWatch implements SmartLifecycle {
  private static final Logger log = LoggerFactory.getLogger(VenueClosureWatch.class);
  private static final Duration EVERY = Duration.ofSeconds(1);
  private static final Duration LONGEST_CLOSE = Duration.ofSeconds(5);

  private final List<Venue> venues;
  private final Function<String, Optional<ProviderState>> ledger;
  private final ProviderClocks clocks;
  private final EngineRuntime engine;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().daemon().name("venue-closures").unstarted(this::run);
  private Map<Venue, Gate> closed = Map.of();
  private volatile boolean running;

  VenueClosureWatch(
      List<Venue> venues,
      Function<String, Optional<ProviderState>> ledger,
      ProviderClocks clocks,
      EngineRuntime engine) {
    this.venues = List.copyOf(venues);
    this.ledger = ledger;
    this.clocks = clocks;
    this.engine = engine;
  }

  private void run() {
    try {
      while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        if (engine.isHolder()) {
          look();
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  private void look() {
    try {
      Map<Venue, Optional<ProviderState>> ledgers = new TreeMap<>();
      venues.forEach(venue -> ledgers.put(venue, ledger.apply(venue.name())));
      closed = VenueClosures.of(ledgers, closed, venue -> clocks.now(venue.name()));
      engine.send(new CloseVenues(closed));
    } catch (RuntimeException failed) {
      log.warn("it is not known which venues their budget closes: {}", failed.toString());
    }
  }

  @Override
  public void start() {
    running = true;
    if (!venues.isEmpty()) {
      thread.start();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the ledgers have begun; ends before them and before the engine. */
  @Override
  public int getPhase() {
    return Integer.MAX_VALUE - 256;
  }

  @Override
  public void stop() {
    running = false;
    closing.countDown();
    try {
      if (thread.isAlive()) {
        thread.join(LONGEST_CLOSE);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
