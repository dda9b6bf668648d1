package dev.papertape.command.chaos;

import java.util.List;

/** What was asked for is not possible as things stand. */
public final class WrongChaosState extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<String> allowedActions;

  WrongChaosState(String detail, List<String> allowedActions) {
    super(detail);
    this.allowedActions = List.copyOf(allowedActions);
  }

  /** What is possible instead. */
  public List<String> allowedActions() {
    return allowedActions;
  }
}
