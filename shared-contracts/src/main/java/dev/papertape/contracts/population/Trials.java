package dev.papertape.contracts.population;

import dev.papertape.contracts.population.PopulationEvent.GenerationEnded;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.population.PopulationEvent.PopulationCreated;

/**
 * How many parameter sets a population has ever tried: its founders and every set that exploration
 * made. The N of the deflated Sharpe ratio (Bailey and López de Prado). A fold of its events.
 */
public record Trials(long count) {
  /** Before the first event. */
  public static final Trials NONE = new Trials(0);

  public Trials after(PopulationEvent event) {
    return switch (event) {
      case PopulationCreated created -> new Trials(created.founders().size());
      case GenerationEnded ended -> new Trials(ended.trials());
      case PopulationEvent.PopulationEnlisted _,
          PopulationEvent.PopulationStarted _,
          PopulationEvent.PopulationStopped _,
          PopulationEvent.MemberEvaluated _,
          PopulationEvent.MemberExploited _,
          PopulationEvent.MemberExplored _,
          PopulationEvent.BestApplied _,
          MembersScored _ ->
          this;
    };
  }
}
