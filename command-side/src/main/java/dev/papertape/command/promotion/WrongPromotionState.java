package dev.papertape.command.promotion;

import dev.papertape.contracts.promotion.PromotionAction;
import java.util.List;

/** The command does not fit where the alpha stands. */
final class WrongPromotionState extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<PromotionAction> allowedActions;

  WrongPromotionState(String message, List<PromotionAction> allowedActions) {
    super(message);
    this.allowedActions = List.copyOf(allowedActions);
  }

  List<PromotionAction> allowedActions() {
    return allowedActions;
  }
}
