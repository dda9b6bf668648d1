package dev.papertape.contracts.deploy;

/** Where a rollout's order intents come from. */
public enum TrafficPace {
  /** Whatever is traded. */
  LIVE,
  /** The engine adds a seeded flow of small orders while the rollout runs. */
  DEMO
}
