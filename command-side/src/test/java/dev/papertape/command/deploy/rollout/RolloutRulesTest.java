package dev.papertape.command.deploy.rollout;

import static dev.papertape.command.deploy.rollout.Rollouts.BASELINE;
import static dev.papertape.command.deploy.rollout.Rollouts.START;
import static dev.papertape.command.deploy.rollout.Rollouts.after;
import static dev.papertape.command.deploy.rollout.Rollouts.counts;
import static dev.papertape.command.deploy.rollout.Rollouts.maxAge;
import static dev.papertape.command.deploy.rollout.Rollouts.observed;
import static dev.papertape.command.deploy.rollout.Rollouts.register;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployCommand.AbortRollout;
import dev.papertape.contracts.deploy.DeployCommand.AssessRollout;
import dev.papertape.contracts.deploy.DeployCommand.PauseRollout;
import dev.papertape.contracts.deploy.DeployCommand.PromoteRollout;
import dev.papertape.contracts.deploy.DeployCommand.RegisterCandidate;
import dev.papertape.contracts.deploy.DeployCommand.ResumeRollout;
import dev.papertape.contracts.deploy.DeployEvent.CandidateRegistered;
import dev.papertape.contracts.deploy.DeployEvent.CutoverCompleted;
import dev.papertape.contracts.deploy.DeployEvent.RolledBack;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.StageEntered;
import dev.papertape.contracts.deploy.DeployEvent.VerdictReached;
import dev.papertape.contracts.deploy.Observation;
import dev.papertape.contracts.deploy.PolicyChange;
import dev.papertape.contracts.deploy.RolloutAction;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloVerdict;
import dev.papertape.contracts.deploy.Stage;
import dev.papertape.contracts.deploy.Trigger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RolloutRulesTest {
  private static final RolloutPolicy DEMO = RolloutPolicy.DEMO;
  private static final RegisterCandidate FIRST = register("r-1", "fresh", DEMO);

  @Test
  void aCandidateInheritsWhatItDoesNotChange() {
    RolloutEvent event = RolloutRules.decide(Deployment.NONE, FIRST).getFirst();

    assertThat(event)
        .isEqualTo(
            new CandidateRegistered(
                "r-1", maxAge("fresh".length()).over(BASELINE, "fresh"), BASELINE, DEMO));
    CandidateRegistered registered = (CandidateRegistered) event;
    assertThat(registered.candidate().router().maxAgeMs()).isEqualTo(5);
    assertThat(registered.candidate().router().version()).isEqualTo("fresh");
    assertThat(registered.candidate().router().retryCostBps()).isEqualTo(1);
    assertThat(registered.candidate().sizing()).isEqualTo(BASELINE.sizing());
  }

  @Test
  void aGoodCandidateGoesItsWholeWayByEvidenceOneStageAtATime() {
    List<RolloutEvent> events = new ArrayList<>(RolloutRules.decide(Deployment.NONE, FIRST));
    Deployment deployment = Rollouts.fold(Deployment.NONE, events);
    for (int second = 1; deployment.active() == null; second++) {
      List<RolloutEvent> more =
          RolloutRules.decide(
              deployment, new AssessRollout("r-1", observed(second, second, 30L * second, 0, 0)));
      events.addAll(more);
      deployment = Rollouts.fold(deployment, more);
    }

    assertThat(events)
        .filteredOn(StageEntered.class::isInstance)
        .extracting(event -> (StageEntered) event)
        .extracting(StageEntered::stage, StageEntered::trafficPercent, StageEntered::by)
        .containsExactly(
            tuple(Stage.CANDIDATE, 0, Trigger.EVIDENCE),
            tuple(Stage.CANARY, 1, Trigger.EVIDENCE),
            tuple(Stage.PARTIAL, 10, Trigger.EVIDENCE),
            tuple(Stage.PARTIAL, 25, Trigger.EVIDENCE),
            tuple(Stage.PARTIAL, 50, Trigger.EVIDENCE));
    CutoverCompleted cutover = (CutoverCompleted) events.getLast();
    assertThat(cutover.previous()).isEqualTo("baseline");
    assertThat(cutover.active().release()).isEqualTo("fresh");
    assertThat(cutover.evidence().slos())
        .extracting(slo -> slo.verdict())
        .containsOnly(SloVerdict.PASS);
    assertThat(deployment.rollout().stage()).isEqualTo(Stage.ACTIVE);
    assertThat(deployment.rollout().trafficPercent()).isEqualTo(100);
    assertThat(deployment.allowedActions()).containsExactly(RolloutAction.REGISTER);
  }

  @Test
  void realTrafficGoesOnOnlyWithEveryVerdictAndEnoughSamplesAndTime() {
    Deployment canary = inCanary();
    long enough = 1_000;

    assertThat(stageAfter(canary, observed(10, 3_600, enough, 0, 0))).isEqualTo(Stage.PARTIAL);
    assertThat(stageAfter(canary, observed(10, 3_600, 69, 0, 0)))
        .as("49 samples since the stage began")
        .isEqualTo(Stage.CANARY);
    assertThat(stageAfter(canary, observed(10, 6, enough, 0, 0)))
        .as("2 s since the stage began")
        .isEqualTo(Stage.CANARY);
    assertThat(stageAfter(canary, withoutLatency(10, enough)))
        .as("an SLO without data")
        .isEqualTo(Stage.CANARY);
    assertThat(stageAfter(canary, observed(10, 3_600, enough, 17, 17)))
        .as("an SLO without a verdict")
        .isEqualTo(Stage.CANARY);
  }

  /** A shadow fills nothing: its latency cannot be known. */
  @Test
  void theShadowGoesOnWithoutLatencyButNotWithoutSamples() {
    Deployment shadow =
        after(after(Deployment.NONE, FIRST), new AssessRollout("r-1", withoutLatency(2, 0)));

    assertThat(stageAfter(shadow, withoutLatency(3, 0))).isEqualTo(Stage.CANDIDATE);
    assertThat(stageAfter(shadow, withoutLatency(3, 19))).isEqualTo(Stage.CANDIDATE);
    assertThat(stageAfter(shadow, withoutLatency(3, 20))).isEqualTo(Stage.CANARY);
  }

  @Test
  void whatFailsIsRolledBackAtOnceWithTheEvidence() {
    Deployment canary = inCanary();
    List<RolloutEvent> events =
        RolloutRules.decide(canary, new AssessRollout("r-1", observed(10, 5, 200, 60, 1)));

    assertThat(events).hasSize(4);
    assertThat(events.subList(0, 3))
        .allSatisfy(
            event ->
                assertThat(((VerdictReached) event).assessment().verdict())
                    .isEqualTo(SloVerdict.FAIL));
    RolledBack back = (RolledBack) events.getLast();
    assertThat(back.stage()).isEqualTo(Stage.CANARY);
    assertThat(back.active()).isEqualTo("baseline");
    assertThat(back.rollbacksInRow()).isEqualTo(1);
    assertThat(back.awaitsPerson()).isFalse();
    Deployment after = Rollouts.fold(canary, events);
    assertThat(after.rollout().trafficPercent()).isZero();
    assertThat(after.rollout().sampledPercent()).isZero();
  }

  @Test
  void whatHitsBothArmsIsHeld() {
    Deployment canary = inCanary();
    List<RolloutEvent> events =
        RolloutRules.decide(canary, new AssessRollout("r-1", observed(10, 60, 900, 200, 199)));

    assertThat(events)
        .hasSize(3)
        .allSatisfy(
            event ->
                assertThat(((VerdictReached) event).assessment().verdict())
                    .isEqualTo(SloVerdict.BASELINE_ALSO_BAD));
    assertThat(Rollouts.fold(canary, events).rollout().stage()).isEqualTo(Stage.CANARY);
  }

  @Test
  void aVerdictIsAnEventOnlyWhenItChanges() {
    Deployment canary = inCanary();

    assertThat(RolloutRules.decide(canary, new AssessRollout("r-1", observed(10, 5, 21, 0, 0))))
        .as("SAMPLING as before")
        .isEmpty();
  }

  @Test
  void anAssessmentSentAgainChangesNothing() {
    Deployment shadow = after(Deployment.NONE, FIRST);
    AssessRollout assess = new AssessRollout("r-1", observed(2, 0, 20, 0, 0));
    Deployment once = after(shadow, assess);

    assertThat(RolloutRules.decide(once, assess)).isEmpty();
    assertThat(RolloutRules.decide(once, new AssessRollout("r-0", observed(9, 9, 9, 0, 0))))
        .isEmpty();
    Deployment aborted = after(once, new AbortRollout("r-1", "no"));
    assertThat(RolloutRules.decide(aborted, new AssessRollout("r-1", observed(9, 9, 9, 9, 0))))
        .isEmpty();
  }

  @Test
  void aPausedRolloutStaysWhereItIsButFailsAllTheSame() {
    Deployment paused = after(inCanary(), new PauseRollout("r-1", "lunch"));

    assertThat(paused.rollout().stage()).isEqualTo(Stage.PAUSED);
    assertThat(paused.rollout().trafficPercent()).isEqualTo(1);
    assertThat(paused.allowedActions()).containsExactly(RolloutAction.RESUME, RolloutAction.ABORT);
    assertThat(stageAfter(paused, observed(10, 3_600, 900, 0, 0))).isEqualTo(Stage.PAUSED);
    assertThat(stageAfter(paused, observed(10, 3_600, 900, 300, 0))).isEqualTo(Stage.ROLLED_BACK);
    Deployment resumed = after(paused, new ResumeRollout("r-1", "back"));
    assertThat(resumed.rollout()).isEqualTo(inCanary().rollout());
  }

  @Test
  void anOperatorPromotesOneStageAtATimeUpToTheCutover() {
    Deployment deployment = after(Deployment.NONE, FIRST);
    List<Stage> stages = new ArrayList<>();
    while (deployment.rollout().stage() != Stage.ACTIVE) {
      deployment = after(deployment, new PromoteRollout("r-1", "trust me", null));
      stages.add(deployment.rollout().stage());
    }

    assertThat(stages)
        .containsExactly(Stage.CANARY, Stage.PARTIAL, Stage.PARTIAL, Stage.PARTIAL, Stage.ACTIVE);
    assertThat(deployment.active().release()).isEqualTo("fresh");
  }

  @Test
  void aStageThatAnOperatorOrderedCountsFromTheNewestObservation() {
    Deployment promoted =
        after(inCanary(), new PromoteRollout("r-1", "go", observed(9, 50, 500, 0, 0)));

    assertThat(promoted.rollout().enteredAt()).isEqualTo(START.plusSeconds(50));
    assertThat(stageAfter(promoted, observed(10, 53, 599, 0, 0))).isEqualTo(Stage.PARTIAL);
    assertThat(after(promoted, new AssessRollout("r-1", observed(10, 53, 600, 0, 0))))
        .satisfies(after -> assertThat(after.rollout().trafficPercent()).isEqualTo(25));
  }

  @Test
  void oneRolloutAtATimeAndNoneOfWhatIsActiveAlready() {
    Deployment running = after(Deployment.NONE, FIRST);

    assertWrong(
        running,
        register("r-2", "another", DEMO),
        "r-1 is not over",
        RolloutAction.PAUSE,
        RolloutAction.ABORT,
        RolloutAction.PROMOTE);
    assertWrong(
        Deployment.NONE,
        new RegisterCandidate("r-1", "baseline", maxAge(1), DEMO, BASELINE),
        "no other than the active",
        RolloutAction.REGISTER);
    assertWrong(
        Deployment.NONE,
        new RegisterCandidate("r-1", "renamed", PolicyChange.NONE, DEMO, BASELINE),
        "no other than the active",
        RolloutAction.REGISTER);
    Deployment over = after(running, new AbortRollout("r-1", "no"));
    assertWrong(
        over,
        new RegisterCandidate("r-2", "fresh", maxAge(7), DEMO, BASELINE),
        "with other values",
        RolloutAction.REGISTER);
    assertWrong(over, register("r-1", "fresh", DEMO), "begun before", RolloutAction.REGISTER);
    assertThat(RolloutRules.decide(over, register("r-2", "fresh", DEMO))).hasSize(1);
  }

  @Test
  void Bug_thresholds_of_a_release_that_became_active_meanwhile_were_not_looked_at() {
    PolicyChange enter =
        new PolicyChange(
            null,
            null,
            null,
            new PolicyChange.Alphas(
                new PolicyChange.Momentum(null, BASELINE.alphas().momentum().exit(), null)));
    assertWrong(
        Deployment.NONE,
        new RegisterCandidate("r-1", "low", enter, DEMO, BASELINE),
        "enter is not above exit",
        RolloutAction.REGISTER);
  }

  @Test
  void Bug_namesake_an_earlier_release_could_not_be_registered_again() {
    Deployment deployment = after(Deployment.NONE, FIRST);
    while (deployment.active() == null) {
      deployment = after(deployment, new PromoteRollout("r-1", "go", null));
    }
    RegisterCandidate back =
        new RegisterCandidate(
            "r-2", "baseline", maxAge(BASELINE.router().maxAgeMs()), DEMO, BASELINE);

    assertThat(RolloutRules.decide(deployment, back))
        .singleElement()
        .isInstanceOfSatisfying(
            CandidateRegistered.class,
            registered -> {
              assertThat(registered.candidate()).isEqualTo(BASELINE);
              assertThat(registered.baseline().release()).isEqualTo("fresh");
            });
  }

  @Test
  void whatIsOverStaysOver() {
    Deployment aborted = after(after(Deployment.NONE, FIRST), new AbortRollout("r-1", "no"));
    assertWrong(aborted, new PromoteRollout("r-1", "yes", null), "ABORTED", RolloutAction.REGISTER);
    Deployment next = after(aborted, register("r-2", "another", DEMO));
    assertWrong(
        next,
        new PauseRollout("r-1", "why"),
        "r-1 is over",
        RolloutAction.PAUSE,
        RolloutAction.ABORT,
        RolloutAction.PROMOTE);
    assertThatThrownBy(() -> RolloutRules.decide(next, new AbortRollout("r-9", "no")))
        .isInstanceOfSatisfying(
            UnknownRollout.class,
            unknown -> assertThat(unknown.known()).containsExactly("r-1", "r-2"));
  }

  @Test
  void threeRollbacksInARowWaitForAPerson() {
    Deployment deployment = Deployment.NONE;
    for (int i = 1; i <= 3; i++) {
      deployment = after(deployment, register("r-" + i, "v".repeat(i), DEMO));
      deployment = after(deployment, new AssessRollout("r-" + i, observed(10L * i, 5, 200, 80, 0)));
      assertThat(deployment.rollbacksInRow()).isEqualTo(i);
      assertThat(deployment.awaitsPerson()).isEqualTo(i == 3);
    }

    assertWrong(
        deployment, register("r-4", "vvvv", DEMO), "3 rollbacks in a row", RolloutAction.RESUME);
    Deployment seen = after(deployment, new ResumeRollout("r-3", "looked at it"));
    assertThat(seen.rollbacksInRow()).isZero();
    assertThat(seen.rollout().stage()).isEqualTo(Stage.ROLLED_BACK);
    assertThat(after(seen, register("r-4", "vvvv", DEMO)).rollout().rolloutId()).isEqualTo("r-4");
  }

  @Test
  void aCutoverEndsTheRow() {
    Deployment once =
        after(
            after(Deployment.NONE, register("r-1", "v", DEMO)),
            new AssessRollout("r-1", observed(10, 5, 200, 80, 0)));
    Deployment deployment = after(once, register("r-2", "vv", DEMO));
    while (deployment.active() == null) {
      deployment = after(deployment, new PromoteRollout("r-2", "go", null));
    }

    assertThat(deployment.rollbacksInRow()).isZero();
    assertThat(RolloutRules.decide(deployment, register("r-3", "vvv", DEMO)))
        .first()
        .isInstanceOfSatisfying(
            CandidateRegistered.class,
            registered -> assertThat(registered.baseline().release()).isEqualTo("vv"));
  }

  @Test
  void everySloHasItsOwnVerdict() {
    Deployment canary = inCanary();
    Observation mixed =
        new Observation(
            1,
            10,
            START.plusSeconds(60),
            List.of(
                counts(Slo.P95_LATENCY, 100, 0, 0),
                counts(Slo.ERROR_RATE, 100, 0, 0),
                counts(Slo.ROUTER_QOS, 400, 90, 88)));
    Deployment after = after(canary, new AssessRollout("r-1", mixed));

    assertThat(after.rollout().verdicts())
        .isEqualTo(
            Map.of(
                Slo.P95_LATENCY,
                SloVerdict.PASS,
                Slo.ERROR_RATE,
                SloVerdict.SAMPLING,
                Slo.ROUTER_QOS,
                SloVerdict.BASELINE_ALSO_BAD));
  }

  private static Deployment inCanary() {
    Deployment deployment = after(Deployment.NONE, FIRST);
    deployment = after(deployment, new AssessRollout("r-1", observed(2, 0, 0, 0, 0)));
    deployment = after(deployment, new AssessRollout("r-1", observed(3, 4, 20, 0, 0)));
    assertThat(deployment.rollout().stage()).isEqualTo(Stage.CANARY);
    return deployment;
  }

  private static Stage stageAfter(Deployment deployment, Observation observation) {
    return after(deployment, new AssessRollout("r-1", observation)).rollout().stage();
  }

  private static Observation withoutLatency(long position, long samples) {
    return new Observation(
        1,
        position,
        START.plusSeconds(60L * position),
        List.of(counts(Slo.ERROR_RATE, samples, 0, 0), counts(Slo.ROUTER_QOS, samples, 0, 0)));
  }

  private static void assertWrong(
      Deployment deployment, DeployCommand command, String why, RolloutAction... allowed) {
    assertThatThrownBy(() -> RolloutRules.decide(deployment, command))
        .isInstanceOfSatisfying(
            WrongRolloutState.class,
            wrong -> {
              assertThat(wrong).hasMessageContaining(why);
              assertThat(wrong.allowedActions()).containsExactly(allowed);
            });
  }
}
