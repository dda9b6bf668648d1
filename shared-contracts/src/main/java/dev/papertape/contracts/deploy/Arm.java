package dev.papertape.contracts.deploy;

/** Whose policy decides an order intent while a rollout runs. */
public enum Arm {
  /** The active release, not sampled. */
  BASELINE,
  /** The release on trial. */
  CANDIDATE,
  /** The active release on a share as large as the candidate's, sampled for comparison. */
  CONTROL
}
