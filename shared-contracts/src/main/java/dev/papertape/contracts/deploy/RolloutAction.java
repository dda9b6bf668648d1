package dev.papertape.contracts.deploy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What may be asked of the deployment. */
public enum RolloutAction {
  /** A candidate, and with it a rollout. */
  REGISTER,
  PAUSE,
  RESUME,
  ABORT,
  /** One stage on. */
  PROMOTE;

  /**
   * What is allowed now.
   *
   * @param stage of the newest rollout, null when there never was one
   * @param awaitsPerson whether too many rollbacks in a row were not looked at by a person yet
   */
  public static List<RolloutAction> allowed(@Nullable Stage stage, boolean awaitsPerson) {
    if (stage == null) {
      return List.of(REGISTER);
    }
    return switch (stage) {
      case CANDIDATE, CANARY, PARTIAL -> List.of(PAUSE, ABORT, PROMOTE);
      case PAUSED -> List.of(RESUME, ABORT);
      case ROLLED_BACK -> awaitsPerson ? List.of(RESUME) : List.of(REGISTER);
      case ACTIVE, ABORTED -> List.of(REGISTER);
    };
  }
}
