package dev.papertape.command.deploy.rollout;

import dev.papertape.command.deploy.verdict.Judges;
import dev.papertape.contracts.deploy.Evidence;
import dev.papertape.contracts.deploy.Observation;

/** Every SLO of a rollout, judged on one observation. */
final class Assessment {
  private Assessment() {}

  static Evidence of(Rollout rollout, Observation observation) {
    return new Evidence(
        observation.fromPosition(),
        observation.toPosition(),
        observation.feedTime(),
        Judges.of(rollout.policy()).assess(observation, rollout::verdict));
  }
}
