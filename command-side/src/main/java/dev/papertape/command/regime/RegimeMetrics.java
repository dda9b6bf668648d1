package dev.papertape.command.regime;

import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.regime.Regime;
import dev.papertape.contracts.regime.RegimeEvent;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The gauge {@code regime{symbol,regime}}: 1 for the label that holds, by durable events. */
public final class RegimeMetrics {
  private final MeterRegistry registry;
  private final Map<Symbol, Holding> regimes = new ConcurrentHashMap<>();

  private volatile boolean running;

  private static final class Holding {
    private volatile @Nullable Regime regime;
  }

  /**
   * @param symbols whose gauges are there from the first scrape on
   */
  public RegimeMetrics(MeterRegistry registry, Collection<Symbol> symbols) {
    this.registry = registry;
    symbols.forEach(this::of);
  }

  /** An event is in the log. */
  public void durable(RegimeEvent event) {
    switch (event) {
      case RegimeEvent.RegimeChanged changed -> of(changed.symbol()).regime = changed.regime();
    }
  }

  /** What the log says as an engine's life begins. */
  public void recalled(Iterable<RegimeEvent.RegimeChanged> newest) {
    running = true;
    newest.forEach(this::durable);
  }

  /** A process that stands by knows no regime: its gauges are 0. */
  public void ended() {
    running = false;
  }

  private Holding of(Symbol symbol) {
    return regimes.computeIfAbsent(
        symbol,
        _ -> {
          Holding holding = new Holding();
          for (Regime regime : Regime.values()) {
            Gauge.builder("regime", holding, each -> running && each.regime == regime ? 1.0 : 0.0)
                .description("1 for the market regime that the symbol is in")
                .tags("symbol", symbol.value(), "regime", regime.name())
                .strongReference(true)
                .register(registry);
          }
          return holding;
        });
  }
}
