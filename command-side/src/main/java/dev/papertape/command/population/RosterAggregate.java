package dev.papertape.command.population;

import dev.papertape.contracts.population.PopulationCommand;
import dev.papertape.contracts.population.PopulationCommand.EnlistPopulation;
import dev.papertape.contracts.population.PopulationEvent.PopulationEnlisted;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.spring.stereotype.Aggregate;
import org.jspecify.annotations.Nullable;

/**
 * The list of populations, {@code populations:paper}: a population's stream is found by its id, and
 * its id here. An id that is listed and has no stream yet is one whose creation was cut short.
 */
@Aggregate(type = "populations")
class RosterAggregate {
  /** Each costs the engine something at each second of feed time. */
  static final int MOST = 32;

  @AggregateIdentifier private @Nullable String id;
  private final List<String> listed = new ArrayList<>();

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
  void handle(EnlistPopulation command) {
    if (listed.contains(command.populationId())) {
      return;
    }
    if (listed.size() >= MOST) {
      throw new WrongPopulationState(
          "there are " + MOST + " populations, the most there may be", List.of());
    }
    AggregateLifecycle.apply(new PopulationEnlisted(command.populationId()));
  }

  @EventSourcingHandler
  void on(PopulationEnlisted event) {
    id = PopulationCommand.ROSTER;
    listed.add(event.populationId());
  }
}
