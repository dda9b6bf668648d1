package dev.papertape.command.chaos.proxy;

import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** When a flapping socket is closed: pure. */
final class FlapSchedule {
  private FlapSchedule() {}

  /**
   * Moments from now on, in order; as many as its intensity, all within what is left of it.
   *
   * @param left until the fault is over; nothing is closed when that is no time
   */
  static List<Duration> moments(ExperimentStarted plan, Duration left) {
    if (left.toMillis() <= 0) {
      return List.of();
    }
    return new SplittableRandom(plan.seed())
        .longs(Math.round(plan.intensity()), 0, left.toMillis())
        .sorted()
        .mapToObj(Duration::ofMillis)
        .toList();
  }
}
