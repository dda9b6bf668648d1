package dev.papertape.contracts.chaos;

import java.time.Instant;
import java.util.List;

/**
 * The steady state as it was found.
 *
 * @param at clock time
 * @param held whether every probe held
 */
public record SteadyState(Instant at, boolean held, List<Probe> probes) {
  public SteadyState {
    probes = List.copyOf(probes);
  }

  /** Of probes that were taken together. */
  public static SteadyState of(Instant at, List<Probe> probes) {
    return new SteadyState(at, probes.stream().allMatch(Probe::held), probes);
  }
}
