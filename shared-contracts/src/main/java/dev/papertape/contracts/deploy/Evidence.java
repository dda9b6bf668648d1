package dev.papertape.contracts.deploy;

import java.time.Instant;
import java.util.List;

/**
 * What a transition rests on: every SLO's assessment, and where the counts stand in the log.
 *
 * @param fromPosition of the rollout's registration
 * @param toPosition of the {@code SlosObserved} that holds these counts
 * @param feedTime of that observation
 */
public record Evidence(
    long fromPosition, long toPosition, Instant feedTime, List<SloAssessment> slos) {
  public Evidence {
    slos = List.copyOf(slos);
  }
}
