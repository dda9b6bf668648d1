package dev.papertape.query.promotion;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.alpha.AlphaStage;
import dev.papertape.contracts.promotion.GateResult;
import dev.papertape.contracts.promotion.PromotionAction;
import dev.papertape.contracts.promotion.PromotionEvent.GateEvaluated;
import dev.papertape.contracts.promotion.PromotionEvent.PromotionRequested;
import dev.papertape.contracts.promotion.PromotionEvent.StageChanged;
import dev.papertape.contracts.promotion.PromotionPolicy;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The newest step of each kind of one alpha, and what they come to. */
final class AlphaSteps {
  private @Nullable At<AlphaRegistered> registered;
  private @Nullable At<StageChanged> moved;
  private @Nullable At<GateEvaluated> measured;
  private @Nullable At<PromotionRequested> requested;

  private record At<E>(E event, long position, Instant recordedAt) {
    /** Whether it is of the stay that {@code move} began. */
    boolean follows(@Nullable At<?> move) {
      return move == null || position > move.position;
    }
  }

  /** The newest of its kind. */
  void take(DomainEvent event, long position, Instant recordedAt) {
    switch (event) {
      case AlphaRegistered first -> registered = new At<>(first, position, recordedAt);
      case StageChanged move -> moved = new At<>(move, position, recordedAt);
      case GateEvaluated gates -> measured = new At<>(gates, position, recordedAt);
      case PromotionRequested asked -> requested = new At<>(asked, position, recordedAt);
      default -> throw new IllegalArgumentException("not a step of an alpha: " + event);
    }
  }

  PromotionStatus.AlphaStatus status() {
    At<AlphaRegistered> first = registered;
    if (first == null) {
      throw new IllegalStateException("steps of an alpha that was never registered");
    }
    At<StageChanged> move = moved;
    AlphaStage stage = move == null ? first.event().stage() : move.event().to();
    GateEvaluated now = measured != null && measured.follows(move) ? measured.event() : null;
    boolean asks = requested != null && requested.follows(move);
    boolean mayApprove = asks && now != null && now.gates().stream().allMatch(GateResult::passed);
    return new PromotionStatus.AlphaStatus(
        first.event().alphaId(),
        first.event().name(),
        stage,
        move == null ? first.recordedAt() : move.recordedAt(),
        move == null ? null : move.event().reason(),
        now == null ? List.of() : now.gates(),
        now == null ? List.of() : now.holding(),
        PromotionPolicy.next(stage),
        asks,
        PromotionAction.allowed(stage, mayApprove),
        now == null ? null : now.inputs().trials(),
        now == null ? null : now.inputs().feedTime());
  }

  /** Position of the newest evaluation in any stage, 0 before the first. */
  long measuredPosition() {
    return measured == null ? 0 : measured.position();
  }

  /** Its policy's name, null before the first. */
  @Nullable String policy() {
    return measured == null ? null : measured.event().policy();
  }
}
