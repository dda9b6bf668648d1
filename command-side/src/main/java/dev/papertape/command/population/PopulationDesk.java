package dev.papertape.command.population;

import dev.papertape.command.CommandSideConfiguration.EventReader;
import dev.papertape.command.ConflictRetry;
import dev.papertape.contracts.population.InspectPopulation;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationCommand;
import dev.papertape.contracts.population.PopulationCommand.EnlistPopulation;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.eventstore.axon.OriginMetadata;
import dev.papertape.eventstore.log.EventLog;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.stereotype.Component;

/** The populations by their aggregates. Every process has one. */
@Component
class PopulationDesk {
  private static final Map<String, String> CONDUCTOR = Map.of(OriginMetadata.ACTOR, "population");

  private final CommandGateway commands;
  private final ConflictRetry retry;
  private final EventLog events;
  private final EventReader reader;

  PopulationDesk(
      CommandGateway commands, ConflictRetry retry, EventLog events, EventReader reader) {
    this.commands = commands;
    this.retry = retry;
    this.events = events;
    this.reader = reader;
  }

  /** In the name of the conductor; waits until it is decided and in the log. */
  void conduct(PopulationCommand command) {
    retry.call(
        () ->
            commands.<Object>sendAndWait(
                GenericCommandMessage.asCommandMessage(command).withMetaData(CONDUCTOR)));
  }

  /** Puts a new one on the list; goes before its creation. */
  void enlist(String populationId) {
    conduct(new EnlistPopulation(populationId));
  }

  /**
   * @throws UnknownPopulation if there is none
   */
  Population inspect(String populationId) {
    return commands.sendAndWait(new InspectPopulation(populationId));
  }

  /** Empty when there is none. */
  Optional<Population> find(String populationId) {
    return events.lastOf(PopulationCommand.PREFIX + populationId).map(_ -> inspect(populationId));
  }

  /** All of them. */
  List<Population> all() {
    return events.stream(PopulationCommand.ROSTER, 0).stream()
        .map(row -> ((PopulationEvent) reader.apply(row)).populationId())
        .map(this::find)
        .flatMap(Optional::stream)
        .toList();
  }
}
