package dev.papertape.command.deploy.rollout;

import dev.papertape.contracts.deploy.RolloutAction;
import java.util.List;

/** The command does not fit where the deployment stands. */
public final class WrongRolloutState extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<RolloutAction> allowedActions;

  public WrongRolloutState(String message, List<RolloutAction> allowedActions) {
    super(message);
    this.allowedActions = List.copyOf(allowedActions);
  }

  public List<RolloutAction> allowedActions() {
    return allowedActions;
  }
}
