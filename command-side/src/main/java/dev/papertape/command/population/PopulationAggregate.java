package dev.papertape.command.population;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import dev.papertape.contracts.population.InspectPopulation;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationCommand;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * Axon's shell around {@link PopulationRules}; {@code population:<populationId>}. Its stream grows
 * by a dozen events a generation, so it is read from snapshots.
 */
@Aggregate(type = "population", snapshotTriggerDefinition = "populationSnapshots")
@Revision("1")
class PopulationAggregate {
  @AggregateIdentifier private @Nullable String id;
  private @Nullable Population population;

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(PopulationCommand.CreatePopulation command, PopulationRules rules) {
    decide(command, rules);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(PopulationCommand.StartPopulation command, PopulationRules rules) {
    decide(command, rules);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(PopulationCommand.StopPopulation command, PopulationRules rules) {
    decide(command, rules);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(PopulationCommand.EvolvePopulation command, PopulationRules rules) {
    decide(command, rules);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(PopulationCommand.NoteBestApplied command, PopulationRules rules) {
    decide(command, rules);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  Population handle(InspectPopulation command) {
    if (population == null) {
      throw new UnknownPopulation(command.populationId());
    }
    return population;
  }

  private void decide(PopulationCommand command, PopulationRules rules) {
    rules.decide(population, command).forEach(event -> apply(event));
  }

  @EventSourcingHandler
  void on(LineageEvent event) {
    id = PopulationCommand.PREFIX + event.populationId();
    population = Population.after(population, event);
  }
}
