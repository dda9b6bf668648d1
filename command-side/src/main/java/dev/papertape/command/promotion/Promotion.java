package dev.papertape.command.promotion;

import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.Gate;
import dev.papertape.contracts.promotion.GateResult;
import dev.papertape.contracts.promotion.PromotionAction;
import dev.papertape.contracts.promotion.PromotionEvent.GateEvaluated;
import dev.papertape.contracts.promotion.PromotionEvent.StageChanged;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alpha's promotion as its events tell it.
 *
 * @param stage null before the first event: the registry's counts until then
 * @param stageSince feed time from which the stage's days count, null if not known yet
 * @param requested whether it asked for approval in this stay in the stage
 * @param newest the newest evaluation in this stay, null before the first
 * @param breachedSince feed time from which each gate of holding has been breached without a break
 * @param actedOn log position of the newest inputs that an evaluation was written of, 0 before
 */
record Promotion(
    @Nullable AlphaStage stage,
    @Nullable Instant stageSince,
    boolean requested,
    @Nullable GateEvaluated newest,
    Map<Gate, Instant> breachedSince,
    long actedOn) {
  /** Before the first event. */
  static final Promotion NONE = new Promotion(null, null, false, null, Map.of(), 0);

  /**
   * @param registered what the registry says
   */
  AlphaStage stage(AlphaStage registered) {
    return stage == null ? registered : stage;
  }

  /** Whether an operator's word is all that lacks. */
  boolean mayApprove() {
    return requested && newest != null && missing().isEmpty();
  }

  /** Gates of the way on that do not pass; empty without an evaluation. */
  List<GateResult> missing() {
    return newest == null
        ? List.of()
        : newest.gates().stream().filter(gate -> !gate.passed()).toList();
  }

  /** What an operator may ask for now. */
  List<PromotionAction> allowedActions(AlphaStage registered) {
    return PromotionAction.allowed(stage(registered), mayApprove());
  }

  Promotion evaluated(GateEvaluated evaluated) {
    Instant now = evaluated.inputs().feedTime();
    Map<Gate, Instant> since = new EnumMap<>(Gate.class);
    for (GateResult result : evaluated.holding()) {
      if (!result.passed()) {
        since.put(result.name(), breachedSince.getOrDefault(result.name(), now));
      }
    }
    return new Promotion(
        evaluated.stage(),
        stageSince == null ? now : stageSince,
        requested,
        evaluated,
        Map.copyOf(since),
        evaluated.inputs().position());
  }

  Promotion asked() {
    return new Promotion(stage, stageSince, true, newest, breachedSince, actedOn);
  }

  /** Nothing of an earlier stage counts in the next. */
  Promotion moved(StageChanged changed, @Nullable Instant feedTime) {
    return new Promotion(changed.to(), feedTime, false, null, Map.of(), actedOn);
  }
}
