package dev.papertape.command.guards;

import dev.papertape.contracts.guards.GuardLimitCommand;
import dev.papertape.contracts.guards.GuardName;
import dev.papertape.contracts.guards.GuardName.LimitBy;
import dev.papertape.contracts.guards.GuardsEvent.GuardLimitChanged;
import java.math.BigDecimal;

/**
 * What an operator may say of a limit. Saying it again is said again: the reason is another one,
 * and it is kept.
 */
public final class GuardLimitDecider {
  private GuardLimitDecider() {}

  /**
   * @throws NoLimitToSet when the guard's limit is nobody's to set, the venues' or the release's
   * @throws IllegalArgumentException when the limit is not one of the guard's kind
   */
  public static GuardLimitChanged decide(LimitOverrides current, GuardLimitCommand command) {
    GuardName guard = command.guard();
    if (guard.limitBy() != LimitBy.OPERATOR) {
      throw new NoLimitToSet(guard);
    }
    BigDecimal limit = command.limit();
    if (limit != null) {
      guard
          .refusalOf(limit)
          .ifPresent(
              why -> {
                throw new IllegalArgumentException("the limit of " + guard + " " + why);
              });
    }
    return new GuardLimitChanged(
        command.aggregateId(), guard, limit, current.byGuard().get(guard), command.reason());
  }

  /** The guard has no limit that an operator could set. */
  public static final class NoLimitToSet extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoLimitToSet(GuardName guard) {
      super(
          guard
              + switch (guard.limitBy()) {
                case RELEASE ->
                    " takes its limit from the release (router.maxAgeMs); try another in a rollout";
                case VENUES -> " takes its limit from the venues' rules";
                case NOBODY, OPERATOR -> " has no limit";
              });
    }
  }
}
