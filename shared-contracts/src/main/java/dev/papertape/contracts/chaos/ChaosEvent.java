package dev.papertape.contracts.chaos;

import dev.papertape.contracts.DomainEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The story of all experiments and of the safety lever: stream {@code chaos:desk}. */
public sealed interface ChaosEvent extends DomainEvent {

  /** What happened to one experiment. */
  sealed interface ExperimentEvent extends ChaosEvent {
    String experimentId();
  }

  /**
   * Accepted, and with it the undo: whoever reads this after a crash knows what may be applied and
   * by when it must be off.
   *
   * @param seed of the fault's own choices, 0 to 2^53 − 1
   * @param intensity see {@link ChaosType}
   * @param undo what taking it back means, in a sentence
   * @param endsAt clock time at which the fault is off at the latest
   */
  record ExperimentStarted(
      String experimentId,
      ChaosType type,
      ChaosTarget target,
      long seed,
      double intensity,
      long durationMs,
      @Nullable String reason,
      String undo,
      Instant startedAt,
      Instant endsAt)
      implements ExperimentEvent {}

  /** Recorded just before the fault is switched on. */
  record FaultApplied(String experimentId, Instant at) implements ExperimentEvent {}

  record SteadyStateObserved(String experimentId, SteadyPhase phase, SteadyState observed)
      implements ExperimentEvent {}

  /**
   * Recorded just after the fault was switched off; once in an experiment.
   *
   * @param hits messages dropped or changed, replies held, sockets closed; null when the process
   *     that knew has gone
   */
  record FaultReverted(String experimentId, RevertCause cause, @Nullable Long hits, Instant at)
      implements ExperimentEvent {}

  record ExperimentFinished(
      String experimentId, ExperimentVerdict verdict, String detail, Instant at)
      implements ExperimentEvent {}

  /** Somebody asked for a fault where none may be injected. */
  record ExperimentRefused(
      String experimentId,
      ChaosType type,
      ChaosTarget target,
      RefusalReason reason,
      @Nullable String askedFor,
      Instant at)
      implements ExperimentEvent {}

  /** Everything is reverted, and nothing begins until the lever is released. */
  record SafetyLeverPulled(String reason, Instant at) implements ChaosEvent {}

  record SafetyLeverReleased(String reason, Instant at) implements ChaosEvent {}
}
