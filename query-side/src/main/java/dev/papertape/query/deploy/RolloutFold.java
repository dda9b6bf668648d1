package dev.papertape.query.deploy;

import dev.papertape.contracts.deploy.DemoTraffic;
import dev.papertape.contracts.deploy.DeployEvent.CandidateRegistered;
import dev.papertape.contracts.deploy.DeployEvent.CutoverCompleted;
import dev.papertape.contracts.deploy.DeployEvent.RolledBack;
import dev.papertape.contracts.deploy.DeployEvent.RolloutAborted;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.RolloutPaused;
import dev.papertape.contracts.deploy.DeployEvent.RolloutResumed;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.DeployEvent.StageEntered;
import dev.papertape.contracts.deploy.DeployEvent.VerdictReached;
import dev.papertape.contracts.deploy.Evidence;
import dev.papertape.contracts.deploy.RolloutAction;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloAssessment;
import dev.papertape.contracts.deploy.SloCounts;
import dev.papertape.contracts.deploy.SloRule;
import dev.papertape.contracts.deploy.SloVerdict;
import dev.papertape.contracts.deploy.Stage;
import dev.papertape.query.deploy.DeployStatus.Active;
import dev.papertape.query.deploy.DeployStatus.Demo;
import dev.papertape.query.deploy.DeployStatus.RolloutStatus;
import dev.papertape.query.deploy.DeployStatus.SloStatus;
import dev.papertape.query.deploy.DeployStatus.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Folds the steps of all rollouts into the status. */
final class RolloutFold {
  private final List<Step> steps = new ArrayList<>();
  private final Map<Slo, SloAssessment> assessed = new EnumMap<>(Slo.class);
  private Active active;
  private @Nullable CandidateRegistered registered;
  private Stage stage = Stage.CANDIDATE;
  private int trafficPercent;
  private Instant since = Instant.EPOCH;
  private String reason = "";
  private boolean awaitsPerson;

  RolloutFold(String configured) {
    this.active = new Active(configured, null);
  }

  String activeRelease() {
    return active.release();
  }

  /** Id of the newest rollout, null before the first. */
  @Nullable String rolloutId() {
    return registered == null ? null : registered.rolloutId();
  }

  void apply(RolloutEvent event, long position, Instant at) {
    switch (event) {
      case CandidateRegistered first -> {
        registered = first;
        assessed.clear();
        active = new Active(first.baseline().release(), active.since());
        enter(Stage.CANDIDATE, 0, at, "registered, decides in the shadow");
      }
      case StageEntered entered -> {
        keep(entered.evidence());
        enter(entered.stage(), entered.trafficPercent(), at, entered.reason());
      }
      case VerdictReached reached -> {
        assessed.put(reached.assessment().counts().slo(), reached.assessment());
        reason = reached.assessment().counts().slo() + " is " + reached.assessment().verdict();
      }
      case RolloutPaused paused -> enter(Stage.PAUSED, trafficPercent, at, paused.reason());
      case RolloutResumed resumed -> {
        awaitsPerson = false;
        enter(resumed.stage(), trafficPercent, at, resumed.reason());
      }
      case RolloutAborted aborted -> enter(Stage.ABORTED, 0, at, aborted.reason());
      case CutoverCompleted completed -> {
        keep(completed.evidence());
        active = new Active(completed.active().release(), at);
        enter(Stage.ACTIVE, 100, at, completed.reason());
      }
      case RolledBack back -> {
        keep(back.evidence());
        awaitsPerson = back.awaitsPerson();
        enter(Stage.ROLLED_BACK, 0, at, back.reason());
      }
    }
    steps.add(step(event, position, at));
  }

  DeployStatus status(@Nullable SlosObserved newest) {
    CandidateRegistered current = registered;
    List<RolloutAction> actions =
        RolloutAction.allowed(current == null ? null : stage, awaitsPerson);
    RolloutStatus rollout =
        current == null
            ? null
            : new RolloutStatus(
                current.rolloutId(),
                current.candidate().release(),
                current.baseline().release(),
                stage,
                trafficPercent,
                since,
                reason,
                actions,
                slos(current.policy(), newest),
                current.policy().name(),
                demo(newest),
                newest == null ? null : newest.feedTime());
    List<Step> history =
        steps.subList(Math.max(0, steps.size() - DeployStatus.HISTORY), steps.size()).reversed();
    return new DeployStatus(active, rollout, actions, List.copyOf(history));
  }

  private static @Nullable Demo demo(@Nullable SlosObserved newest) {
    DemoTraffic demo = newest == null ? null : newest.demo();
    return demo == null ? null : new Demo(demo.generated(), demo.traded());
  }

  private List<SloStatus> slos(RolloutPolicy policy, @Nullable SlosObserved newest) {
    return policy.slos().stream()
        .map(
            rule ->
                SloStatus.of(
                    rule,
                    counts(rule.slo(), newest),
                    assessed.getOrDefault(rule.slo(), unassessed(rule, policy))))
        .toList();
  }

  private static SloCounts counts(Slo slo, @Nullable SlosObserved newest) {
    return newest == null
        ? SloCounts.none(slo)
        : newest.slos().stream()
            .filter(each -> each.slo() == slo)
            .findFirst()
            .orElse(SloCounts.none(slo));
  }

  /** Without samples every e-value is 1: no evidence. */
  private static SloAssessment unassessed(SloRule rule, RolloutPolicy policy) {
    return new SloAssessment(
        SloCounts.none(rule.slo()),
        rule.bound(),
        policy.margin(),
        policy.abortAlphaShare(),
        1,
        1,
        1,
        SloVerdict.NO_DATA);
  }

  private void keep(@Nullable Evidence evidence) {
    if (evidence != null) {
      evidence.slos().forEach(slo -> assessed.put(slo.counts().slo(), slo));
    }
  }

  private void enter(Stage next, int percent, Instant at, String why) {
    stage = next;
    trafficPercent = percent;
    since = at;
    reason = why;
  }

  private Step step(RolloutEvent event, long position, Instant at) {
    boolean isVerdict = event instanceof VerdictReached;
    SloAssessment verdict = event instanceof VerdictReached reached ? reached.assessment() : null;
    return new Step(
        position,
        at,
        event.rolloutId(),
        registered == null ? "" : registered.candidate().release(),
        event.getClass().getSimpleName(),
        isVerdict ? null : stage,
        isVerdict ? null : (Integer) trafficPercent,
        verdict == null ? null : verdict.counts().slo(),
        verdict == null ? null : verdict.verdict(),
        isVerdict ? null : reason);
  }
}
