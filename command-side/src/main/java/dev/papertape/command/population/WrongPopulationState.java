package dev.papertape.command.population;

import dev.papertape.contracts.population.PopulationAction;
import java.util.List;

/** The command does not fit where the population stands. */
final class WrongPopulationState extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<PopulationAction> allowedActions;

  WrongPopulationState(String message, List<PopulationAction> allowedActions) {
    super(message);
    this.allowedActions = List.copyOf(allowedActions);
  }

  List<PopulationAction> allowedActions() {
    return allowedActions;
  }
}
