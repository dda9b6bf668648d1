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
import dev.papertape.contracts.deploy.SloEvidence;
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
import java.util.function.Function;
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

  /** Index of the stage that it is in. */
  private int entered;

  /** What ended the rollout rested on, null while it is open and when an operator ended it. */
  private @Nullable Evidence decided;

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
        decided = null;
        entered = 0;
        active = new Active(first.baseline().release(), active.since());
        enter(Stage.CANDIDATE, 0, at, "registered, decides in the shadow");
      }
      case StageEntered next -> {
        keep(next.evidence());
        // A second one of the same step only says from when it counts.
        if (next.step() != entered) {
          entered = next.step();
          enter(next.stage(), next.trafficPercent(), at, next.reason());
        }
      }
      case VerdictReached reached -> {
        assessed.put(reached.assessment().counts().slo(), reached.assessment());
        if (stage != Stage.PAUSED && isWorthAWord(reached.assessment().verdict())) {
          reason = reached.assessment().counts().slo() + " is " + reached.assessment().verdict();
        }
      }
      case RolloutPaused paused -> enter(Stage.PAUSED, trafficPercent, at, paused.reason());
      case RolloutResumed resumed -> {
        awaitsPerson = false;
        enter(resumed.stage(), trafficPercent, at, resumed.reason());
      }
      case RolloutAborted aborted -> enter(Stage.ABORTED, 0, at, aborted.reason());
      case CutoverCompleted completed -> {
        keep(completed.evidence());
        decided = completed.evidence();
        active = new Active(completed.active().release(), at);
        enter(Stage.ACTIVE, 100, at, completed.reason());
      }
      case RolledBack back -> {
        keep(back.evidence());
        decided = back.evidence();
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
                feedTime(newest));
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
        .map(rule -> slo(rule, assessed.getOrDefault(rule.slo(), unassessed(rule, policy)), newest))
        .toList();
  }

  /** Counts and e-values of one moment, never of two. */
  private SloStatus slo(SloRule rule, SloAssessment was, @Nullable SlosObserved newest) {
    List<SloEvidence> evidence = decided != null || newest == null ? null : newest.evidence();
    SloEvidence now = find(evidence, SloEvidence::slo, rule.slo());
    SloCounts counts =
        now == null || newest == null ? null : find(newest.slos(), SloCounts::slo, rule.slo());
    return now == null || counts == null
        ? SloStatus.of(rule, was.counts(), evidenceOf(was), was)
        : SloStatus.of(rule, counts, now, was);
  }

  private static SloEvidence evidenceOf(SloAssessment was) {
    return new SloEvidence(
        was.counts().slo(), was.eValueAbort(), was.eValuePromote(), was.eValueVsBaseline());
  }

  private static <T> @Nullable T find(@Nullable List<T> all, Function<T, Slo> of, Slo slo) {
    return all == null
        ? null
        : all.stream().filter(each -> of.apply(each) == slo).findFirst().orElse(null);
  }

  private @Nullable Instant feedTime(@Nullable SlosObserved newest) {
    if (decided != null) {
      return decided.feedTime();
    }
    return newest == null ? null : newest.feedTime();
  }

  /** What is held or ended says why; that samples come in or pass is what is expected. */
  private static boolean isWorthAWord(SloVerdict verdict) {
    return switch (verdict) {
      case FAIL, INCONCLUSIVE, BASELINE_ALSO_BAD -> true;
      case NO_DATA, SAMPLING, PASS -> false;
    };
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
    String said = event instanceof StageEntered next ? next.reason() : reason;
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
        isVerdict ? null : said);
  }
}
