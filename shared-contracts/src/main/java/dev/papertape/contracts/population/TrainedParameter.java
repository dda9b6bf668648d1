package dev.papertape.contracts.population;

import java.util.List;

/**
 * One parameter that a population trains, and within what.
 *
 * @param min of its values, where it has no choices
 * @param max of its values, &ge; {@code min}
 * @param integer whether only whole values are meant
 * @param choices the only values, rising; empty for all from {@code min} to {@code max}
 */
public record TrainedParameter(
    String name, double min, double max, boolean integer, List<Double> choices) {
  public TrainedParameter {
    choices = List.copyOf(choices);
  }

  /** Whether {@code value} is one of its values. */
  public boolean allows(double value) {
    return choices.isEmpty()
        ? value >= min && value <= max && (!integer || value == Math.rint(value))
        : choices.contains(value);
  }
}
