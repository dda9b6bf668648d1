package dev.papertape.command.population;

import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.population.PopulationSpec;
import dev.papertape.contracts.population.TrainedParameter;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** Trains the momentum alpha from the first minute on, over look-backs that a generation fills. */
final class ShippedPopulation {
  static final double QUANTILE = 0.25;
  static final double RESAMPLE_PROBABILITY = 0.25;
  static final BigDecimal NOTIONAL = new BigDecimal("10000");

  private static final int MOST_SAMPLES_NEEDED = 30;

  private ShippedPopulation() {}

  static PopulationSpec of(int members, Duration interval, long seed) {
    return new PopulationSpec(
        "momentum",
        "momentum",
        AlphaKind.MOMENTUM,
        List.of(),
        members,
        interval.toMillis(),
        QUANTILE,
        RESAMPLE_PROBABILITY,
        seed,
        minSamples(interval.toMillis()),
        NOTIONAL,
        true,
        List.of(
            new TrainedParameter("enter", 0.5, 3, false, List.of()),
            new TrainedParameter("exit", 0, 0.45, false, List.of()),
            new TrainedParameter("lookBack", 5, 60, true, List.of())));
  }

  /** Half of an interval's one-second returns, 30 at most and 2 at least. */
  static int minSamples(long intervalMs) {
    return (int) Math.clamp(intervalMs / 2_000, 2, MOST_SAMPLES_NEEDED);
  }
}
