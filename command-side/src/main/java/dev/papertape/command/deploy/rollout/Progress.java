package dev.papertape.command.deploy.rollout;

import dev.papertape.contracts.deploy.DeployEvent.CutoverCompleted;
import dev.papertape.contracts.deploy.DeployEvent.RolledBack;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.StageEntered;
import dev.papertape.contracts.deploy.DeployEvent.VerdictReached;
import dev.papertape.contracts.deploy.Evidence;
import dev.papertape.contracts.deploy.Observation;
import dev.papertape.contracts.deploy.SloAssessment;
import dev.papertape.contracts.deploy.SloVerdict;
import dev.papertape.contracts.deploy.Stage;
import dev.papertape.contracts.deploy.StageRule;
import dev.papertape.contracts.deploy.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How evidence moves a rollout that runs: back at once, on by one step at most. */
final class Progress {
  private Progress() {}

  static List<RolloutEvent> assess(
      Deployment deployment, Rollout rollout, Observation observation) {
    Evidence evidence = Assessment.of(rollout, observation);
    List<RolloutEvent> events = new ArrayList<>(newVerdicts(rollout, evidence));
    if (has(evidence, SloVerdict.FAIL)) {
      events.add(rollBack(deployment, rollout, evidence));
    } else if (rollout.stage() != Stage.PAUSED) {
      Instant enteredAt = rollout.enteredAt();
      if (enteredAt == null) {
        events.add(
            entered(
                rollout.rolloutId(),
                rollout.step(),
                rollout.rule(),
                Trigger.EVIDENCE,
                "first observation of the stage",
                evidence));
      } else if (mayAdvance(rollout, enteredAt, evidence)) {
        events.add(next(rollout, Trigger.EVIDENCE, passed(rollout), evidence));
      }
    }
    return List.copyOf(events);
  }

  /** The next step, or the cutover behind the last. */
  static RolloutEvent next(
      Rollout rollout, Trigger by, String reason, @Nullable Evidence evidence) {
    List<StageRule> stages = rollout.policy().stages();
    int step = rollout.step() + 1;
    return step < stages.size()
        ? entered(rollout.rolloutId(), step, stages.get(step), by, reason, evidence)
        : new CutoverCompleted(
            rollout.rolloutId(),
            rollout.candidate(),
            rollout.baseline().release(),
            by,
            reason,
            evidence == null ? null : evidence.feedTime(),
            evidence);
  }

  private static StageEntered entered(
      String rolloutId,
      int step,
      StageRule rule,
      Trigger by,
      String reason,
      @Nullable Evidence evidence) {
    return new StageEntered(
        rolloutId,
        step,
        rule.stage(),
        rule.trafficPercent(),
        by,
        reason,
        evidence == null ? null : evidence.feedTime(),
        evidence);
  }

  private static List<VerdictReached> newVerdicts(Rollout rollout, Evidence evidence) {
    return evidence.slos().stream()
        .filter(slo -> slo.verdict() != rollout.verdict(slo.counts().slo()))
        .map(
            slo ->
                new VerdictReached(
                    rollout.rolloutId(),
                    rollout.verdict(slo.counts().slo()),
                    slo,
                    evidence.fromPosition(),
                    evidence.toPosition(),
                    evidence.feedTime()))
        .toList();
  }

  private static RolledBack rollBack(Deployment deployment, Rollout rollout, Evidence evidence) {
    int inRow = deployment.rollbacksInRow() + 1;
    String failed =
        evidence.slos().stream()
            .filter(slo -> slo.verdict() == SloVerdict.FAIL)
            .map(slo -> slo.counts().slo().name())
            .collect(Collectors.joining(", "));
    return new RolledBack(
        rollout.rolloutId(),
        rollout.stage(),
        rollout.baseline().release(),
        failed + " worse than the bound and than the control arm",
        evidence,
        inRow,
        inRow >= rollout.policy().maxRollbacksInRow());
  }

  /**
   * Real traffic goes on once every SLO has passed. The shadow, which fills nothing and so knows no
   * latency, goes on unless something speaks against it.
   */
  private static boolean mayAdvance(Rollout rollout, Instant enteredAt, Evidence evidence) {
    StageRule rule = rollout.rule();
    boolean shadow = rule.stage() == Stage.CANDIDATE;
    long dwelt = Duration.between(enteredAt, evidence.feedTime()).toMillis();
    return dwelt >= rule.minimumDwellMs()
        && evidence.slos().stream()
            .allMatch(slo -> shadow ? isHarmless(slo) : slo.verdict() == SloVerdict.PASS)
        && samplesInStage(rollout, evidence, shadow) >= rule.minimumSamples();
  }

  private static boolean isHarmless(SloAssessment slo) {
    return switch (slo.verdict()) {
      case NO_DATA, SAMPLING, PASS -> true;
      case FAIL, INCONCLUSIVE, BASELINE_ALSO_BAD -> false;
    };
  }

  /** Of the SLO that got the fewest; in the shadow, of those that got any. */
  private static long samplesInStage(Rollout rollout, Evidence evidence, boolean shadow) {
    return evidence.slos().stream()
        .map(SloAssessment::counts)
        .filter(counts -> !shadow || counts.candidate().samples() > 0)
        .mapToLong(
            counts ->
                counts.candidate().samples()
                    - rollout.samplesAtEntry().getOrDefault(counts.slo(), 0L))
        .min()
        .orElse(0);
  }

  private static boolean has(Evidence evidence, SloVerdict verdict) {
    return evidence.slos().stream().anyMatch(slo -> slo.verdict() == verdict);
  }

  private static String passed(Rollout rollout) {
    return rollout.rule().stage() == Stage.CANDIDATE
        ? "nothing against it in the shadow"
        : "every SLO passed";
  }
}
