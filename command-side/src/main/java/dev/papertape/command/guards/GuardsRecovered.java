package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardsEvent.EquityPeak;
import dev.papertape.contracts.guards.GuardsEvent.GuardSeen;
import dev.papertape.contracts.guards.TradingState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine's guards start.
 *
 * @param operator the trading state as operators left it
 * @param limits that operators have set
 * @param tripped guards that an earlier life left tripped
 * @param peaks of equity within the look-back
 * @param losses rounds closed in a row with a loss
 * @param newestLoss feed time of the newest of them, null without one
 * @param restarts whether an operator resumed trading and no engine has heeded it yet
 */
public record GuardsRecovered(
    TradingState operator,
    LimitOverrides limits,
    List<GuardSeen> tripped,
    List<EquityPeak> peaks,
    long losses,
    @Nullable Instant newestLoss,
    boolean restarts) {
  /** An empty log. */
  public static final GuardsRecovered NOTHING =
      new GuardsRecovered(
          TradingState.ACTIVE, LimitOverrides.NONE, List.of(), List.of(), 0, null, false);
}
