package dev.papertape.contracts.deploy;

import java.time.Instant;
import java.util.List;

/**
 * A recorded {@code SlosObserved}, named by where it stands in the log.
 *
 * @param fromPosition of the rollout's registration: the counts are of what came after it
 * @param toPosition of the observation
 * @param feedTime of the observation
 */
public record Observation(
    long fromPosition, long toPosition, Instant feedTime, List<SloCounts> slos) {
  public Observation {
    if (fromPosition > toPosition) {
      throw new IllegalArgumentException("observed before the rollout began");
    }
    slos = List.copyOf(slos);
  }

  /** Of an SLO that was not counted, no samples. */
  public SloCounts of(Slo slo) {
    return slos.stream()
        .filter(counts -> counts.slo() == slo)
        .findFirst()
        .orElseGet(() -> SloCounts.none(slo));
  }
}
