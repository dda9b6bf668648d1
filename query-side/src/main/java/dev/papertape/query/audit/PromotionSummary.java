package dev.papertape.query.audit;

import dev.papertape.contracts.promotion.GateResult;
import dev.papertape.contracts.promotion.PromotionEvent;
import java.util.List;

/** What became of an alpha's stage, in a sentence. */
final class PromotionSummary {
  private PromotionSummary() {}

  static String of(PromotionEvent event) {
    return switch (event) {
      case PromotionEvent.GateEvaluated evaluated ->
          "Alpha %s in %s: %d of %d gates pass, %d of %d kept"
              .formatted(
                  evaluated.alphaId(),
                  evaluated.stage(),
                  passed(evaluated.gates()),
                  evaluated.gates().size(),
                  passed(evaluated.holding()),
                  evaluated.holding().size());
      case PromotionEvent.PromotionRequested requested ->
          "Alpha %s asks to go from %s to %s"
              .formatted(requested.alphaId(), requested.from(), requested.to());
      case PromotionEvent.AlphaPromoted promoted ->
          "Promoted alpha %s from %s to %s: %s"
              .formatted(promoted.alphaId(), promoted.from(), promoted.to(), promoted.reason());
      case PromotionEvent.AlphaDemoted demoted ->
          "Demoted alpha %s from %s to %s: %s"
              .formatted(demoted.alphaId(), demoted.from(), demoted.to(), demoted.reason());
      case PromotionEvent.AlphaRetired retired ->
          "Retired alpha %s from %s: %s"
              .formatted(retired.alphaId(), retired.from(), retired.reason());
    };
  }

  private static long passed(List<GateResult> gates) {
    return gates.stream().filter(GateResult::passed).count();
  }
}
