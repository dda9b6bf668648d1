package dev.papertape.command.engine;

import dev.papertape.command.deploy.Releases.Trial;
import dev.papertape.command.market.MarketState;
import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.TrafficPace;
import dev.papertape.contracts.execution.Allocation;
import dev.papertape.contracts.execution.OrderIntent;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Places the demo pace's intents while such a rollout runs; those of neither arm are counted, not
 * traded. Owned by the engine's thread.
 */
final class DemoPace {
  private final DemoFlow flow;
  private final MarketState market;
  private final VenueWatch venues;
  private final OrderEntry entry;
  private final RolloutSamples samples;

  DemoPace(
      DemoFlow flow,
      MarketState market,
      VenueWatch venues,
      OrderEntry entry,
      RolloutSamples samples) {
    this.flow = flow;
    this.market = market;
    this.venues = venues;
    this.entry = entry;
    this.samples = samples;
  }

  /** The intents of one tick. */
  void tick(@Nullable Trial trial, long frame, Instant feedTime) {
    if (trial == null || !demonstrates(trial)) {
      return;
    }
    List<Symbol> symbols =
        market.symbols().stream().filter(symbol -> venues.mid(symbol) != null).toList();
    if (symbols.isEmpty()) {
      return;
    }
    String source = "demo:" + trial.rolloutId();
    Map<String, String> origin = Map.of("actor", source);
    long left = DemoFlow.MOST_INTENTS - samples.generated();
    for (int n = 0; n < Math.min(left, DemoFlow.INTENTS_PER_TICK); n++) {
      Symbol symbol = symbols.get(flow.nextOf(symbols.size()));
      BigDecimal mid = venues.mid(symbol);
      Arm arm = entry.nextAssignment().arm();
      samples.generated(arm);
      if (arm == Arm.BASELINE || mid == null) {
        entry.skip();
      } else {
        OrderIntent intent =
            flow.intent(symbol, arm, mid, venues.coarsestLot(symbol), venues.minNotional(symbol));
        List<Allocation> owner = List.of(new Allocation(intent.alphaId(), intent.quantity()));
        entry.place(intent, source, owner, List.of(), origin, frame, feedTime);
      }
    }
  }

  private boolean demonstrates(Trial trial) {
    return trial.policy().pace() == TrafficPace.DEMO && !trial.isPaused() && entry.isTrading();
  }
}
