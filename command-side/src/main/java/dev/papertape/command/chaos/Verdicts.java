package dev.papertape.command.chaos;

import dev.papertape.contracts.chaos.ChaosEvent.FaultReverted;
import dev.papertape.contracts.chaos.ExperimentVerdict;
import dev.papertape.contracts.chaos.Probe;
import dev.papertape.contracts.chaos.SteadyState;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an experiment says, made of its own events only: it can be made again from the log. */
record Verdicts(ExperimentVerdict verdict, String detail) {

  /** Of an experiment whose fault was taken back and whose steady state was looked at since. */
  static Verdicts of(Experiment experiment) {
    FaultReverted reverted = experiment.reverted();
    if (reverted == null) {
      return inconclusive("its fault was never applied");
    }
    return switch (reverted.cause()) {
      case STOP_CONDITION ->
          hasStruck(reverted)
              ? deviated("stopped by its stop condition", experiment.lostDuring())
              : inconclusive("stopped by its stop condition before its fault struck");
      case STOPPED -> inconclusive("stopped by an operator before its window was over");
      case LEVER -> inconclusive("stopped by the safety lever");
      case RESTART -> inconclusive("the engine began anew before its window was over");
      case DEADLINE -> ofWholeWindow(experiment, reverted);
    };
  }

  private static Verdicts ofWholeWindow(Experiment experiment, FaultReverted reverted) {
    SteadyState after = experiment.after();
    if (experiment.lostDuring() != null) {
      return deviated("the steady state was lost during the fault", experiment.lostDuring());
    }
    if (after == null) {
      return inconclusive("the steady state was not looked at afterwards");
    }
    if (!after.held()) {
      return deviated("the steady state did not come back", after);
    }
    if (!hasStruck(reverted)) {
      return inconclusive("the fault met nothing to strike in its window");
    }
    if (experiment.duringSamples() == 0) {
      return inconclusive("the steady state was not looked at during the fault");
    }
    return experiment.noticed() == 0 ? unnoticed(experiment) : withstood(reverted);
  }

  /** What the fault demands was not seen: to withstand is to notice, not to be spared. */
  private static Verdicts unnoticed(Experiment experiment) {
    return switch (experiment.plan().type()) {
      case DEPTH_SPIKE -> deviated("the guard did not see it", null);
      case L2_GAP -> inconclusive("what was lost did not show in its window");
      case API_TIMEOUT -> inconclusive("no call timed out in its window");
      case WS_FLAP -> inconclusive("no book was lost with its socket");
    };
  }

  private static Verdicts withstood(FaultReverted reverted) {
    return new Verdicts(
        ExperimentVerdict.WITHSTOOD,
        "struck %d times; the steady state held before, during and after"
            .formatted(reverted.hits()));
  }

  private static boolean hasStruck(FaultReverted reverted) {
    Long hits = reverted.hits();
    return hits != null && hits > 0;
  }

  static Verdicts inconclusive(String detail) {
    return new Verdicts(ExperimentVerdict.INCONCLUSIVE, detail);
  }

  private static Verdicts deviated(String detail, @Nullable SteadyState lost) {
    String which =
        lost == null
            ? ""
            : lost.probes().stream()
                .filter(probe -> !probe.held())
                .map(Probe::name)
                .collect(Collectors.joining(", ", ": ", ""));
    return new Verdicts(ExperimentVerdict.DEVIATED, detail + which);
  }
}
