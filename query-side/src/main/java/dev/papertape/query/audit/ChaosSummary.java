package dev.papertape.query.audit;

import dev.papertape.contracts.chaos.ChaosEvent;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentFinished;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentRefused;
import dev.papertape.contracts.chaos.ChaosEvent.ExperimentStarted;
import dev.papertape.contracts.chaos.ChaosEvent.FaultApplied;
import dev.papertape.contracts.chaos.ChaosEvent.FaultReverted;
import dev.papertape.contracts.chaos.ChaosEvent.SafetyLeverPulled;
import dev.papertape.contracts.chaos.ChaosEvent.SafetyLeverReleased;
import dev.papertape.contracts.chaos.ChaosEvent.SteadyStateObserved;
import dev.papertape.contracts.chaos.ChaosTarget;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What happened to fault experiments, in a sentence. */
final class ChaosSummary {
  private ChaosSummary() {}

  static String of(ChaosEvent event) {
    return switch (event) {
      case ExperimentStarted started ->
          "Experiment %s accepted: %s on %s until %s"
              .formatted(
                  started.experimentId(),
                  started.type().wireName(),
                  target(started.target()),
                  started.endsAt());
      case FaultApplied applied -> "Fault of %s applied".formatted(applied.experimentId());
      case SteadyStateObserved seen ->
          "Steady state %s %s: %s"
              .formatted(
                  seen.phase().name().toLowerCase(java.util.Locale.ROOT),
                  seen.experimentId(),
                  seen.observed().held() ? "held" : "lost");
      case FaultReverted reverted ->
          "Fault of %s taken back: %s".formatted(reverted.experimentId(), reverted.cause());
      case ExperimentFinished finished ->
          "Experiment %s finished, %s: %s"
              .formatted(finished.experimentId(), finished.verdict(), finished.detail());
      case ExperimentRefused refused ->
          "Experiment %s (%s) refused: %s"
              .formatted(refused.experimentId(), refused.type().wireName(), refused.reason());
      case SafetyLeverPulled pulled -> "Safety lever of chaos pulled: " + pulled.reason();
      case SafetyLeverReleased released -> "Safety lever of chaos released: " + released.reason();
    };
  }

  private static String target(ChaosTarget target) {
    return Stream.of(target.venue(), target.symbol(), target.provider())
        .filter(Objects::nonNull)
        .map(Object::toString)
        .distinct()
        .collect(Collectors.joining(" "));
  }
}
