package dev.papertape.command.population;

/** There is no population of that id. */
final class UnknownPopulation extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnknownPopulation(String populationId) {
    super("there is no population " + populationId);
  }
}
