package dev.papertape.query.audit;

import dev.papertape.contracts.deploy.DeployEvent;
import dev.papertape.contracts.deploy.SloAssessment;
import dev.papertape.contracts.deploy.SloCounts;

/** What became of a release, in a sentence. */
final class DeploySummary {
  private DeploySummary() {}

  static String of(DeployEvent event) {
    return switch (event) {
      case DeployEvent.CandidateRegistered registered ->
          "Candidate %s registered against %s under policy %s"
              .formatted(
                  registered.candidate().release(),
                  registered.baseline().release(),
                  registered.policy().name());
      case DeployEvent.StageEntered entered ->
          "Entered %s with %d %% of the traffic: %s"
              .formatted(entered.stage(), entered.trafficPercent(), entered.reason());
      case DeployEvent.VerdictReached reached -> ofVerdict(reached.assessment());
      case DeployEvent.RolloutPaused paused ->
          "Paused in %s: %s".formatted(paused.stage(), paused.reason());
      case DeployEvent.RolloutResumed resumed ->
          "Resumed, %s: %s".formatted(resumed.stage(), resumed.reason());
      case DeployEvent.RolloutAborted aborted ->
          "Aborted in %s, %s has all traffic: %s"
              .formatted(aborted.stage(), aborted.active(), aborted.reason());
      case DeployEvent.CutoverCompleted completed ->
          "Cut over from %s to %s: %s"
              .formatted(completed.previous(), completed.active().release(), completed.reason());
      case DeployEvent.RolledBack back ->
          "Rolled back to %s from %s: %s".formatted(back.active(), back.stage(), back.reason());
      case DeployEvent.SlosObserved observed ->
          "Counted %d samples of the candidate over %d SLOs"
              .formatted(
                  observed.slos().stream().mapToLong(slo -> slo.candidate().samples()).sum(),
                  observed.slos().size());
    };
  }

  private static String ofVerdict(SloAssessment assessment) {
    SloCounts counts = assessment.counts();
    return "%s is %s: %d of %d bad, %d of %d in the control arm"
        .formatted(
            counts.slo(),
            assessment.verdict(),
            counts.candidate().bad(),
            counts.candidate().samples(),
            counts.control().bad(),
            counts.control().samples());
  }
}
