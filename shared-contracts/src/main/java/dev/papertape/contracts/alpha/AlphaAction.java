package dev.papertape.contracts.alpha;

import java.util.ArrayList;
import java.util.List;

/** What an operator may ask for of an alpha on the registry. */
public enum AlphaAction {
  CHANGE,
  PAUSE,
  RESUME;

  /** What is possible now: a retired one is over, a paused or benched one can be resumed. */
  public static List<AlphaAction> allowed(AlphaSpec spec) {
    if (spec.stage() == AlphaStage.RETIRED) {
      return List.of();
    }
    List<AlphaAction> allowed = new ArrayList<>();
    allowed.add(CHANGE);
    if (!spec.paused()) {
      allowed.add(PAUSE);
    }
    if (spec.paused() || spec.benchedReason() != null) {
      allowed.add(RESUME);
    }
    return List.copyOf(allowed);
  }
}
