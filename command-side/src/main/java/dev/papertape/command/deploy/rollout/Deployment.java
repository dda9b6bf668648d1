package dev.papertape.command.deploy.rollout;

import dev.papertape.contracts.deploy.PolicyBundle;
import dev.papertape.contracts.deploy.RolloutAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that the rules need to know: the active release and the newest rollout.
 *
 * @param active null as long as no rollout was completed: the configured release is active then
 * @param rollout the newest, running or ended; null before the first
 * @param rollbacksInRow since the last cutover or an operator's word
 * @param awaitsPerson whether those are too many to begin another rollout
 * @param releases every release that was ever registered or active, by name
 * @param rolloutIds of all rollouts, oldest first
 */
public record Deployment(
    @Nullable PolicyBundle active,
    @Nullable Rollout rollout,
    int rollbacksInRow,
    boolean awaitsPerson,
    Map<String, PolicyBundle> releases,
    List<String> rolloutIds) {
  /** Before the first event. */
  public static final Deployment NONE = new Deployment(null, null, 0, false, Map.of(), List.of());

  /** What may be asked for now. */
  public List<RolloutAction> allowedActions() {
    return RolloutAction.allowed(rollout == null ? null : rollout.stage(), awaitsPerson);
  }

  /** The release that decides whatever is not the candidate's. */
  public PolicyBundle active(PolicyBundle configured) {
    return active == null ? configured : active;
  }

  Deployment begun(Rollout begun) {
    Map<String, PolicyBundle> known = new HashMap<>(releases);
    known.put(begun.baseline().release(), begun.baseline());
    known.put(begun.candidate().release(), begun.candidate());
    List<String> ids = new ArrayList<>(rolloutIds);
    ids.add(begun.rolloutId());
    return new Deployment(
        active, begun, rollbacksInRow, awaitsPerson, Map.copyOf(known), List.copyOf(ids));
  }

  Deployment with(Rollout changed) {
    return new Deployment(active, changed, rollbacksInRow, awaitsPerson, releases, rolloutIds);
  }

  Deployment cutOver(PolicyBundle to, Rollout ended) {
    return new Deployment(to, ended, 0, false, releases, rolloutIds);
  }

  Deployment rolledBack(int inRow, boolean tooMany, Rollout ended) {
    return new Deployment(active, ended, inRow, tooMany, releases, rolloutIds);
  }
}
