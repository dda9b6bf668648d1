package dev.papertape.contracts.promotion;

import dev.papertape.contracts.AggregateCommand;
import dev.papertape.contracts.alpha.AlphaStage;

/** What may be asked of one alpha's promotion. */
public sealed interface PromotionCommand extends AggregateCommand {
  /** Prefix of the aggregate identifier, which is also its stream. */
  String PREFIX = "promotion:";

  String alphaId();

  /** The stage that the registry has it in; what counts as long as it never moved. */
  AlphaStage registered();

  @Override
  default String aggregateId() {
    return PREFIX + alphaId();
  }

  /**
   * Measures the gates and draws what is to be drawn from them. Without effect when the inputs are
   * not newer than the newest evaluation that was written, so it may be sent again at any time.
   */
  record EvaluateGates(
      String alphaId, AlphaStage registered, PromotionPolicy policy, GateInputs inputs)
      implements PromotionCommand {}

  /** An operator's word. */
  sealed interface OperatorCommand extends PromotionCommand {
    /** Why; kept in the log, never blank. */
    String reason();

    PromotionAction action();
  }

  /** A canary that asked for it becomes active. */
  record ApprovePromotion(String alphaId, AlphaStage registered, String reason)
      implements OperatorCommand {
    @Override
    public PromotionAction action() {
      return PromotionAction.APPROVE;
    }
  }

  /** One stage back. */
  record DemoteAlpha(String alphaId, AlphaStage registered, String reason)
      implements OperatorCommand {
    @Override
    public PromotionAction action() {
      return PromotionAction.DEMOTE;
    }
  }

  /** Over for good. */
  record RetireAlpha(String alphaId, AlphaStage registered, String reason)
      implements OperatorCommand {
    @Override
    public PromotionAction action() {
      return PromotionAction.RETIRE;
    }
  }
}
