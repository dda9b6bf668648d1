package dev.papertape.contracts.population;

import dev.papertape.contracts.AggregateCommand;

/** Replies the {@link Population} as it stands; changes nothing. */
public record InspectPopulation(String populationId) implements AggregateCommand {
  @Override
  public String aggregateId() {
    return PopulationCommand.PREFIX + populationId;
  }
}
