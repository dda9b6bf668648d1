package dev.papertape.command.deploy.rollout;

import java.util.List;

/** There never was a rollout of that id. */
public final class UnknownRollout extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> known;

  public UnknownRollout(String rolloutId, List<String> known) {
    super("there is no rollout " + rolloutId);
    this.known = List.copyOf(known);
  }

  /** Ids of all rollouts, oldest first. */
  public List<String> known() {
    return known;
  }
}
