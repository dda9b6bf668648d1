package dev.papertape.contracts.population;

import java.util.List;

/** What may be asked of a population. */
public enum PopulationAction {
  START,
  STOP;

  public static List<PopulationAction> allowed(PopulationState state) {
    return switch (state) {
      case RUNNING -> List.of(STOP);
      case STOPPED -> List.of(START);
    };
  }
}
