package dev.papertape.contracts.chaos;

import dev.papertape.contracts.AggregateCommand;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What may be asked of the chaos desk. Times are clock time, taken by whoever asks. */
public sealed interface ChaosCommand extends AggregateCommand {
  /** The only desk's aggregate identifier, and its stream. */
  String ID = "chaos:desk";

  @Override
  default String aggregateId() {
    return ID;
  }

  /** Accepts an experiment; parameters as in {@link ChaosEvent.ExperimentStarted}. */
  record StartExperiment(
      String experimentId,
      ChaosType type,
      ChaosTarget target,
      long seed,
      double intensity,
      long durationMs,
      @Nullable String reason,
      Instant at)
      implements ChaosCommand {}

  record ObserveSteadyState(String experimentId, SteadyPhase phase, SteadyState observed)
      implements ChaosCommand {}

  record ApplyFault(String experimentId, Instant at) implements ChaosCommand {}

  record RevertFault(String experimentId, RevertCause cause, @Nullable Long hits, Instant at)
      implements ChaosCommand {}

  record FinishExperiment(String experimentId, ExperimentVerdict verdict, String detail, Instant at)
      implements ChaosCommand {}

  /** Keeps for the audit that somebody asked where nobody may. */
  record RefuseExperiment(
      String experimentId,
      ChaosType type,
      ChaosTarget target,
      RefusalReason reason,
      @Nullable String askedFor,
      Instant at)
      implements ChaosCommand {}

  record PullLever(String reason, Instant at) implements ChaosCommand {}

  record ReleaseLever(String reason, Instant at) implements ChaosCommand {}
}
