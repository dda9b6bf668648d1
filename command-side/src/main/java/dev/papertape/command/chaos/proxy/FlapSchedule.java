package dev.papertape.command.chaos.proxy;

import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** When a flapping socket is closed: pure. */
final class FlapSchedule {
  private FlapSchedule() {}

  /** Moments after the fault's begin, in order; as many as its intensity, within its duration. */
  static List<Duration> moments(ExperimentStarted plan) {
    return new SplittableRandom(plan.seed())
        .longs(Math.round(plan.intensity()), 0, plan.durationMs())
        .sorted()
        .mapToObj(Duration::ofMillis)
        .toList();
  }
}
