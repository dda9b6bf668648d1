package dev.papertape.command.population;

import dev.papertape.contracts.population.Member;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.Population.Best;
import dev.papertape.contracts.population.PopulationAction;
import dev.papertape.contracts.population.PopulationCommand;
import dev.papertape.contracts.population.PopulationCommand.CreatePopulation;
import dev.papertape.contracts.population.PopulationCommand.EnlistPopulation;
import dev.papertape.contracts.population.PopulationCommand.EvolvePopulation;
import dev.papertape.contracts.population.PopulationCommand.NoteBestApplied;
import dev.papertape.contracts.population.PopulationCommand.StartPopulation;
import dev.papertape.contracts.population.PopulationCommand.StopPopulation;
import dev.papertape.contracts.population.PopulationEvent.BestApplied;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.PopulationCreated;
import dev.papertape.contracts.population.PopulationEvent.PopulationStarted;
import dev.papertape.contracts.population.PopulationEvent.PopulationStopped;
import dev.papertape.contracts.population.PopulationSpec;
import dev.papertape.contracts.population.PopulationState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** What a command does to a population: pure, and the same again whenever it is asked again. */
public final class PopulationRules {
  private final ParameterSets sets;

  /**
   * @param sets says with which parameters an alpha can be made
   */
  public PopulationRules(ParameterSets sets) {
    this.sets = sets;
  }

  /** With which parameters an alpha of a kind can be made. */
  @FunctionalInterface
  public interface ParameterSets {
    boolean allows(PopulationSpec spec, SortedMap<String, Double> params);
  }

  /**
   * @param population null before its first event
   * @throws WrongPopulationState if it does not fit where the population stands
   * @throws UnknownPopulation if there is none
   */
  public List<LineageEvent> decide(@Nullable Population population, PopulationCommand command) {
    return switch (command) {
      case EnlistPopulation _ ->
          throw new IllegalArgumentException("the list of populations is another aggregate");
      case CreatePopulation create -> create(population, create);
      case StartPopulation start ->
          in(known(population, start), PopulationState.RUNNING, start.reason());
      case StopPopulation stop ->
          in(known(population, stop), PopulationState.STOPPED, stop.reason());
      case EvolvePopulation evolve -> evolve(known(population, evolve), evolve);
      case NoteBestApplied note -> note(known(population, note), note);
    };
  }

  private List<LineageEvent> create(@Nullable Population population, CreatePopulation create) {
    if (population != null) {
      throw new WrongPopulationState(
          "there is a population " + create.populationId() + " already",
          PopulationAction.allowed(population.state()));
    }
    PopulationSpec spec = create.spec();
    Random draws = SeededDraws.of(spec.seed(), spec.populationId(), SeededDraws.FOUNDING);
    Exploration exploration = exploration(spec);
    List<Member> founders = new ArrayList<>();
    for (int n = 0; n < spec.members(); n++) {
      SortedMap<String, Double> params =
          n == 0 ? create.params() : exploration.anywhere(create.params(), draws);
      founders.add(Member.founder(spec.populationId() + "-" + n, params));
    }
    return List.of(
        new PopulationCreated(spec, founders),
        new PopulationStarted(spec.populationId(), create.reason()));
  }

  private static List<LineageEvent> in(Population population, PopulationState wanted, String why) {
    if (population.state() == wanted) {
      throw new WrongPopulationState(
          "population " + population.populationId() + " is " + wanted + " already",
          PopulationAction.allowed(wanted));
    }
    return List.of(
        switch (wanted) {
          case RUNNING -> new PopulationStarted(population.populationId(), why);
          case STOPPED -> new PopulationStopped(population.populationId(), why);
        });
  }

  private List<LineageEvent> evolve(Population population, EvolvePopulation evolve) {
    boolean isReady =
        population.isRunning()
            && evolve.scores().generation() == population.generation()
            && evolve.scores().elapsedMs() >= population.spec().intervalMs();
    return isReady
        ? new GenerationEnd(population, exploration(population.spec()))
            .decide(evolve.scores(), evolve.position())
        : List.of();
  }

  private static List<LineageEvent> note(Population population, NoteBestApplied note) {
    Best best = population.best();
    return best == null || best.generation() != note.generation()
        ? List.of()
        : List.of(
            new BestApplied(
                population.populationId(),
                best.generation(),
                best.memberId(),
                population.spec().alphaId(),
                best.params(),
                note.refusal()));
  }

  private Exploration exploration(PopulationSpec spec) {
    return new Exploration(
        spec.space(), spec.resampleProbability(), params -> sets.allows(spec, params));
  }

  private static Population known(@Nullable Population population, PopulationCommand command) {
    if (population == null) {
      throw new UnknownPopulation(command.populationId());
    }
    return population;
  }
}
