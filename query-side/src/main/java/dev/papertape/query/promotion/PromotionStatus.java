package dev.papertape.query.promotion;

import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.GateResult;
import dev.papertape.contracts.promotion.PromotionAction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where every registered alpha stands.
 *
 * @param policy name of the one by which gates were measured last, null before the first time
 * @param alphas by id
 */
record PromotionStatus(@Nullable String policy, List<AlphaStatus> alphas) {

  /**
   * One alpha. Its gates are those of its newest recorded evaluation in this stage; empty before.
   *
   * @param since recorded time at which it entered the stage
   * @param reason why it is in it, null as long as it never moved
   * @param gates of the way on; of an active alpha those that it would have to pass to become it
   * @param holding what it must keep or is demoted
   * @param requested whether it asks for approval
   * @param trials N of the deflated Sharpe ratio, null before the first evaluation
   * @param evaluatedAt feed time of the gates, null before
   */
  record AlphaStatus(
      String alphaId,
      String name,
      AlphaStage stage,
      Instant since,
      @Nullable String reason,
      List<GateResult> gates,
      List<GateResult> holding,
      @Nullable AlphaStage nextStage,
      boolean requested,
      List<PromotionAction> allowedActions,
      @Nullable Long trials,
      @Nullable Instant evaluatedAt) {}
}
