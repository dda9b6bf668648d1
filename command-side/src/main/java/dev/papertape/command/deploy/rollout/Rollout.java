package dev.papertape.command.deploy.rollout;

import dev.papertape.contracts.deploy.Evidence;
import dev.papertape.contracts.deploy.PolicyBundle;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloAssessment;
import dev.papertape.contracts.deploy.SloVerdict;
import dev.papertape.contracts.deploy.Stage;
import dev.papertape.contracts.deploy.StageRule;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rollout as its events tell it.
 *
 * @param step index into the policy's stages; stays where it was when a rollout ends
 * @param enteredAt feed time from which the step's dwell counts, null if not known yet
 * @param samplesAtEntry of the candidate arm when the step began
 * @param verdicts of those SLOs that have one other than {@code NO_DATA}
 * @param actedOn log position of the observation that was last acted on, 0 before the first
 */
public record Rollout(
    String rolloutId,
    PolicyBundle candidate,
    PolicyBundle baseline,
    RolloutPolicy policy,
    Stage stage,
    int step,
    @Nullable Instant enteredAt,
    Map<Slo, Long> samplesAtEntry,
    Map<Slo, SloVerdict> verdicts,
    long actedOn) {

  static Rollout registered(
      String rolloutId, PolicyBundle candidate, PolicyBundle baseline, RolloutPolicy policy) {
    return new Rollout(
        rolloutId, candidate, baseline, policy, Stage.CANDIDATE, 0, null, Map.of(), Map.of(), 0);
  }

  /** The step that the rollout is in, paused or not. */
  public StageRule rule() {
    return policy.stages().get(step);
  }

  /** The share of the intents that each of both arms takes, 0 when the rollout is over. */
  public int sampledPercent() {
    return stage.runs() ? rule().sampledPercent() : 0;
  }

  /** What the candidate executes: nothing in the shadow, all when it is active. */
  public int trafficPercent() {
    if (stage == Stage.ACTIVE) {
      return 100;
    }
    return stage.runs() ? rule().trafficPercent() : 0;
  }

  SloVerdict verdict(Slo slo) {
    return verdicts.getOrDefault(slo, SloVerdict.NO_DATA);
  }

  Rollout in(Stage now) {
    return new Rollout(
        rolloutId,
        candidate,
        baseline,
        policy,
        now,
        step,
        enteredAt,
        samplesAtEntry,
        verdicts,
        actedOn);
  }

  Rollout entered(int newStep, @Nullable Instant at, @Nullable Evidence evidence) {
    Map<Slo, Long> samples = new EnumMap<>(Slo.class);
    long position = actedOn;
    if (evidence != null) {
      for (SloAssessment slo : evidence.slos()) {
        samples.put(slo.counts().slo(), slo.counts().candidate().samples());
      }
      position = Math.max(position, evidence.toPosition());
    }
    return new Rollout(
        rolloutId,
        candidate,
        baseline,
        policy,
        policy.stages().get(newStep).stage(),
        newStep,
        at,
        Map.copyOf(samples),
        verdicts,
        position);
  }

  Rollout judged(Slo slo, SloVerdict verdict, long position) {
    Map<Slo, SloVerdict> changed = new EnumMap<>(Slo.class);
    changed.putAll(verdicts);
    changed.put(slo, verdict);
    return new Rollout(
        rolloutId,
        candidate,
        baseline,
        policy,
        stage,
        step,
        enteredAt,
        samplesAtEntry,
        Map.copyOf(changed),
        Math.max(actedOn, position));
  }
}
