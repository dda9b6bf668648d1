package dev.papertape.contracts.deploy;

/** Where a rollout stands. */
public enum Stage {
  /** Shadow: decides on the same inputs as the active release, never executes. */
  CANDIDATE,
  /** The first real traffic, 1 %. */
  CANARY,
  /** Some of the traffic, 10, 25 or 50 %. */
  PARTIAL,
  /** All of the traffic; final. */
  ACTIVE,
  /** Stays as it is until an operator resumes it; still rolled back when it fails. */
  PAUSED,
  /** An operator ended it; final. */
  ABORTED,
  /** The evidence ended it; final. */
  ROLLED_BACK;

  /** Whether a rollout in this stage decides anything, for real or in the shadow. */
  public boolean runs() {
    return switch (this) {
      case CANDIDATE, CANARY, PARTIAL, PAUSED -> true;
      case ACTIVE, ABORTED, ROLLED_BACK -> false;
    };
  }
}
