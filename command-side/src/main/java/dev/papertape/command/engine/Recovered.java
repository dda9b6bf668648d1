package dev.papertape.command.engine;

import dev.papertape.command.deploy.Releases;
import dev.papertape.command.execution.LiveOrder;
import dev.papertape.command.execution.Portfolio;
import dev.papertape.command.guards.GuardsRecovered;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an engine starts.
 *
 * @param alphas what the alphas hold and have said
 * @param openOrders that an earlier life left open; they expire with the first input
 * @param origins metadata of each of these orders, by its id
 * @param guards trading state, limits and what is tripped
 * @param releases what decisions are made under, as the log has it
 * @param observed the newest counts of the rollout that runs, null without any
 * @param isNewAccount whether the log knows no account yet
 */
record Recovered(
    Portfolio portfolio,
    AlphaLedger alphas,
    List<LiveOrder> openOrders,
    Map<String, Map<String, String>> origins,
    GuardsRecovered guards,
    Releases releases,
    @Nullable SlosObserved observed,
    boolean isNewAccount) {

  /** An empty log. */
  static Recovered nothing(EngineSettings settings) {
    return new Recovered(
        new Portfolio(settings.initialCash()),
        AlphaLedger.empty(),
        List.of(),
        Map.of(),
        GuardsRecovered.NOTHING,
        Releases.of(settings.baseline()),
        null,
        true);
  }
}
