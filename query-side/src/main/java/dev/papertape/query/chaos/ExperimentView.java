package dev.papertape.query.chaos;

import dev.papertape.contracts.chaos.ChaosEvent.ExperimentFinished;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentRefused;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosEvent.FaultReverted;
import dev.papertape.contracts.chaos.ChaosEvent.SteadyStateObserved;
import dev.papertape.contracts.chaos.ChaosTarget;
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.contracts.chaos.ExperimentState;
import dev.papertape.contracts.chaos.ExperimentStates;
import dev.papertape.contracts.chaos.ExperimentVerdict;
import dev.papertape.contracts.chaos.RevertCause;
import dev.papertape.contracts.chaos.SteadyState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as it stands. A refused one has neither seed nor window.
 *
 * @param position of the event that began it
 * @param hits messages dropped or changed, replies held, sockets closed; null while unknown
 * @param detail why the verdict is what it is, or why it was refused; null before
 */
record ExperimentView(
    String experimentId,
    long position,
    ChaosType type,
    ChaosTarget target,
    @Nullable Long seed,
    @Nullable Double intensity,
    @Nullable Long durationMs,
    @Nullable String reason,
    ExperimentState state,
    Instant startedAt,
    @Nullable Instant endsAt,
    @Nullable Instant appliedAt,
    @Nullable Instant revertedAt,
    @Nullable RevertCause revertedBy,
    @Nullable Long hits,
    Steady steadyState,
    @Nullable ExperimentVerdict verdict,
    @Nullable String detail,
    List<String> allowedActions) {

  /** What was seen of the steady state; of the fault's window a look a second, or each change. */
  record Steady(
      @Nullable SteadyState before, List<SteadyState> during, @Nullable SteadyState after) {
    static final Steady UNSEEN = new Steady(null, List.of(), null);

    Steady with(SteadyStateObserved seen) {
      return switch (seen.phase()) {
        case BEFORE -> new Steady(seen.observed(), during, after);
        case DURING -> {
          List<SteadyState> all = new ArrayList<>(during);
          all.add(seen.observed());
          yield new Steady(before, List.copyOf(all), after);
        }
        case AFTER -> new Steady(before, during, seen.observed());
      };
    }
  }

  static ExperimentView of(ExperimentStarted started, long position) {
    return new ExperimentView(
        started.experimentId(),
        position,
        started.type(),
        started.target(),
        started.seed(),
        started.intensity(),
        started.durationMs(),
        started.reason(),
        ExperimentState.PENDING,
        started.startedAt(),
        started.endsAt(),
        null,
        null,
        null,
        null,
        Steady.UNSEEN,
        null,
        null,
        ExperimentStates.allowedActions(ExperimentState.PENDING));
  }

  static ExperimentView of(ExperimentRefused refused, long position) {
    return new ExperimentView(
        refused.experimentId(),
        position,
        refused.type(),
        refused.target(),
        null,
        null,
        null,
        refused.askedFor(),
        ExperimentState.REFUSED,
        refused.at(),
        null,
        null,
        null,
        null,
        null,
        Steady.UNSEEN,
        null,
        refused.reason().name(),
        List.of());
  }

  ExperimentView applied(Instant at) {
    return changed(
        ExperimentState.RUNNING, at, revertedAt, revertedBy, hits, steadyState, verdict, detail);
  }

  ExperimentView observed(SteadyStateObserved seen) {
    return changed(
        state, appliedAt, revertedAt, revertedBy, hits, steadyState.with(seen), verdict, detail);
  }

  ExperimentView reverted(FaultReverted back) {
    return changed(
        ExperimentState.REVERTING,
        appliedAt,
        back.at(),
        back.cause(),
        back.hits(),
        steadyState,
        verdict,
        detail);
  }

  ExperimentView finished(ExperimentFinished end) {
    return changed(
        ExperimentState.FINISHED,
        appliedAt,
        revertedAt,
        revertedBy,
        hits,
        steadyState,
        end.verdict(),
        end.detail());
  }

  private ExperimentView changed(
      ExperimentState now,
      @Nullable Instant applied,
      @Nullable Instant back,
      @Nullable RevertCause by,
      @Nullable Long struck,
      Steady seen,
      @Nullable ExperimentVerdict said,
      @Nullable String why) {
    return new ExperimentView(
        experimentId,
        position,
        type,
        target,
        seed,
        intensity,
        durationMs,
        reason,
        now,
        startedAt,
        endsAt,
        applied,
        back,
        by,
        struck,
        seen,
        said,
        why,
        ExperimentStates.allowedActions(now));
  }
}
