package dev.papertape.contracts.population;

import dev.papertape.contracts.AggregateCommand;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What may be asked of a population, or of the list of all. */
public sealed interface PopulationCommand extends AggregateCommand {
  /** The aggregate, and the stream, of the list of populations. */
  String ROSTER = "populations:paper";

  /** Before a population's id: its aggregate, and its stream. */
  String PREFIX = "population:";

  String populationId();

  @Override
  default String aggregateId() {
    return PREFIX + populationId();
  }

  /** Puts it on the list of populations; without effect when it is there. Goes first. */
  record EnlistPopulation(String populationId) implements PopulationCommand {
    @Override
    public String aggregateId() {
      return ROSTER;
    }
  }

  /**
   * Begins a population and starts it.
   *
   * @param params the alpha's now: the first founder, and what is not trained of all others
   */
  record CreatePopulation(PopulationSpec spec, SortedMap<String, Double> params, String reason)
      implements PopulationCommand {
    public CreatePopulation {
      params = new TreeMap<>(params);
    }

    @Override
    public String populationId() {
      return spec.populationId();
    }
  }

  record StartPopulation(String populationId, String reason) implements PopulationCommand {}

  record StopPopulation(String populationId, String reason) implements PopulationCommand {}

  /**
   * Ends the generation that {@code scores} are of, if it is the one that runs and its interval is
   * over; without effect otherwise, so it may be sent again at any time.
   *
   * @param position of the scores in the log
   */
  record EvolvePopulation(String populationId, MembersScored scores, long position)
      implements PopulationCommand {}

  /**
   * Notes what came of offering the best parameters of a generation to the alpha; without effect
   * when that is noted already.
   *
   * @param refusal null when the alpha has them
   */
  record NoteBestApplied(String populationId, long generation, @Nullable String refusal)
      implements PopulationCommand {}
}
