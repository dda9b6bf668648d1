package dev.papertape.command.population;

import dev.papertape.contracts.population.TrainedParameter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.random.RandomGenerator;

/**
 * Exploration of population based training (Jaderberg et al. 2017, section 4.1.2; behaviour as in
 * Ray Tune's {@code explore}): each trained parameter is drawn anew with some probability, else
 * multiplied by 1.2 or 0.8, integers rounded, a choice moved to a neighbour; always within bounds.
 */
final class Exploration {
  private static final double UP = 1.2;
  private static final double DOWN = 0.8;

  /** Draws of a set that the alpha takes, before the copy is left as it is. */
  private static final int MOST_TRIES = 64;

  /** What a parameter keeps: 0.75 · 1.2 is 0.9, not 0.8999999999999999. */
  private static final MathContext DIGITS = new MathContext(12);

  private final List<TrainedParameter> space;
  private final double resampleProbability;
  private final Feasibility feasibility;

  /** Whether an alpha can be made with these parameters. */
  @FunctionalInterface
  interface Feasibility {
    boolean allows(SortedMap<String, Double> params);
  }

  /**
   * One exploration in its two parts.
   *
   * @param perturbed after what was perturbed
   * @param resampled after what was drawn anew, too: what the member goes on with
   */
  record Explored(SortedMap<String, Double> perturbed, SortedMap<String, Double> resampled) {}

  Exploration(List<TrainedParameter> space, double resampleProbability, Feasibility feasibility) {
    this.space = space;
    this.resampleProbability = resampleProbability;
    this.feasibility = feasibility;
  }

  /** Where to go on from; as it is when no set was found that the alpha takes. */
  Explored from(SortedMap<String, Double> params, RandomGenerator draws) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      Explored explored = draw(params, draws);
      if (feasibility.allows(explored.resampled())) {
        return explored;
      }
    }
    return new Explored(params, params);
  }

  /** All trained parameters drawn anew; as they are when no set was found that the alpha takes. */
  SortedMap<String, Double> anywhere(SortedMap<String, Double> params, RandomGenerator draws) {
    for (int tries = 0; tries < MOST_TRIES; tries++) {
      SortedMap<String, Double> drawn = new TreeMap<>(params);
      space.forEach(parameter -> drawn.put(parameter.name(), anyOf(parameter, draws)));
      if (feasibility.allows(drawn)) {
        return drawn;
      }
    }
    return params;
  }

  private Explored draw(SortedMap<String, Double> params, RandomGenerator draws) {
    SortedMap<String, Double> perturbed = new TreeMap<>(params);
    SortedMap<String, Double> redrawn = new TreeMap<>();
    for (TrainedParameter parameter : space) {
      boolean isRedrawn = draws.nextDouble() < resampleProbability;
      Double value = params.get(parameter.name());
      if (isRedrawn || value == null) {
        redrawn.put(parameter.name(), anyOf(parameter, draws));
      } else {
        perturbed.put(parameter.name(), beside(parameter, value, draws.nextBoolean()));
      }
    }
    SortedMap<String, Double> resampled = new TreeMap<>(perturbed);
    resampled.putAll(redrawn);
    return new Explored(perturbed, resampled);
  }

  private static double anyOf(TrainedParameter parameter, RandomGenerator draws) {
    List<Double> choices = parameter.choices();
    if (!choices.isEmpty()) {
      return choices.get(draws.nextInt(choices.size()));
    }
    if (parameter.integer()) {
      return draws.nextLong((long) parameter.min(), (long) parameter.max() + 1);
    }
    return within(
        parameter, parameter.min() + draws.nextDouble() * (parameter.max() - parameter.min()));
  }

  private static double beside(TrainedParameter parameter, double value, boolean up) {
    List<Double> choices = parameter.choices();
    if (!choices.isEmpty()) {
      int place = nearest(choices, value) + (up ? 1 : -1);
      return choices.get(Math.clamp(place, 0, choices.size() - 1));
    }
    double moved = value * (up ? UP : DOWN);
    return within(parameter, parameter.integer() ? Math.rint(moved) : moved);
  }

  private static int nearest(List<Double> choices, double value) {
    int nearest = 0;
    for (int i = 1; i < choices.size(); i++) {
      if (Math.abs(choices.get(i) - value) < Math.abs(choices.get(nearest) - value)) {
        nearest = i;
      }
    }
    return nearest;
  }

  private static double within(TrainedParameter parameter, double value) {
    double tidy = BigDecimal.valueOf(value).round(DIGITS).doubleValue();
    return Math.clamp(tidy, parameter.min(), parameter.max());
  }
}
