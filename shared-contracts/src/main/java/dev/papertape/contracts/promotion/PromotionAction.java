package dev.papertape.contracts.promotion;

import dev.papertape.contracts.alpha.AlphaStage;
import java.util.List;

/** What an operator may ask for of one alpha's stage. */
public enum PromotionAction {
  /** A canary that asked for it becomes active. */
  APPROVE,
  /** One stage back: active to canary, canary to shadow. */
  DEMOTE,
  /** Over for good. */
  RETIRE;

  /**
   * @param mayApprove whether promotion was asked for and every gate passes
   */
  public static List<PromotionAction> allowed(AlphaStage stage, boolean mayApprove) {
    return switch (stage) {
      case INCUBATING, SHADOW -> List.of(RETIRE);
      case CANARY -> mayApprove ? List.of(APPROVE, DEMOTE, RETIRE) : List.of(DEMOTE, RETIRE);
      case ACTIVE -> List.of(DEMOTE, RETIRE);
      case RETIRED -> List.of();
    };
  }
}
