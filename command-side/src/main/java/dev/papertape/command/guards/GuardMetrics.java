package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardName.Scope;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code guard_tripped{guard,scope}}: 1 while a guard with a lasting state is tripped, as the log
 * has it; 0 in a process that stands by. Those of the configured venues and symbols are there from
 * the first scrape on.
 */
public final class GuardMetrics {
  private record Key(GuardName guard, String scope) {}

  private final MeterRegistry registry;
  private final Map<Key, AtomicBoolean> tripped = new ConcurrentHashMap<>();
  private volatile boolean running;

  /**
   * @param venues the configured ones with their symbols
   */
  public GuardMetrics(MeterRegistry registry, Map<Venue, List<Symbol>> venues) {
    this.registry = registry;
    for (GuardName guard : GuardName.standing()) {
      switch (guard.scope()) {
        case ACCOUNT -> set(guard, Scope.ACCOUNT.name(), false);
        case SYMBOL ->
            venues.values().stream()
                .flatMap(List::stream)
                .distinct()
                .forEach(symbol -> set(guard, Scope.SYMBOL.of(symbol), false));
        case VENUE -> venues.keySet().forEach(venue -> set(guard, Scope.VENUE.of(venue), false));
        case ORDER -> throw new IllegalStateException(guard + " has no lasting state");
      }
    }
  }

  public void began() {
    tripped.values().forEach(each -> each.set(false));
    running = true;
  }

  public void ended() {
    running = false;
  }

  public void set(GuardName guard, String scope, boolean isTripped) {
    tripped.computeIfAbsent(new Key(guard, scope), this::register).set(isTripped);
  }

  private AtomicBoolean register(Key key) {
    AtomicBoolean value = new AtomicBoolean();
    Gauge.builder("guard.tripped", value, each -> running && each.get() ? 1 : 0)
        .description("Whether a guard with a lasting state is tripped")
        .tags("guard", key.guard().name(), "scope", key.scope())
        .strongReference(true)
        .register(registry);
    return value;
  }
}
