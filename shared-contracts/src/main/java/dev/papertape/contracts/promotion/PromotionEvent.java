package dev.papertape.contracts.promotion;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaStage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An alpha's way through the stages; stream {@code promotion:<alphaId>}. */
public sealed interface PromotionEvent extends DomainEvent {
  String alphaId();

  /** The alpha is in another stage from here on. */
  sealed interface StageChanged extends PromotionEvent {
    AlphaStage from();

    AlphaStage to();

    String reason();
  }

  /**
   * The gates were measured. Written when any verdict is another than before, when an alpha moves
   * by its gates, and every so often (the policy's {@code restateMs}); not every minute.
   *
   * @param nextStage that {@code gates} lead to; null of an active alpha, which has none
   * @param policy its name
   * @param gates of the way to the next stage, of an active alpha those that it would have to pass
   *     to become it now: unknown does not pass
   * @param holding what it must keep or is demoted, of a canary and an active alpha: unknown passes
   */
  record GateEvaluated(
      String alphaId,
      AlphaStage stage,
      @Nullable AlphaStage nextStage,
      String policy,
      GateInputs inputs,
      List<GateResult> gates,
      List<GateResult> holding)
      implements PromotionEvent {
    public GateEvaluated {
      gates = List.copyOf(gates);
      holding = List.copyOf(holding);
    }
  }

  /** Every gate of a canary passes: an operator may approve it. Once a stay in the stage. */
  record PromotionRequested(String alphaId, AlphaStage from, AlphaStage to, Instant feedTime)
      implements PromotionEvent {}

  /**
   * @param gates that passed
   * @param feedTime of their evaluation
   */
  record AlphaPromoted(
      String alphaId,
      AlphaStage from,
      AlphaStage to,
      PromotionTrigger by,
      String reason,
      List<GateResult> gates,
      Instant feedTime)
      implements StageChanged {
    public AlphaPromoted {
      gates = List.copyOf(gates);
    }
  }

  /**
   * @param breached the gates of holding that it did not keep; empty when an operator wanted it
   * @param feedTime of their evaluation, null when an operator wanted it
   */
  record AlphaDemoted(
      String alphaId,
      AlphaStage from,
      AlphaStage to,
      PromotionTrigger by,
      String reason,
      List<GateResult> breached,
      @Nullable Instant feedTime)
      implements StageChanged {
    public AlphaDemoted {
      breached = List.copyOf(breached);
    }
  }

  /** It trades no more and never will. */
  record AlphaRetired(String alphaId, AlphaStage from, String reason) implements StageChanged {
    @Override
    public AlphaStage to() {
      return AlphaStage.RETIRED;
    }
  }
}
