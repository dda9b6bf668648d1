package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.chaos.ActiveExperiment;
import dev.papertape.command.deploy.ReleasePolicy;
import dev.papertape.command.deploy.Releases;
import dev.papertape.command.deploy.ReleasesTail;
import dev.papertape.command.deploy.rollout.ArmAssignment;
import dev.papertape.command.deploy.rollout.Deployment;
import dev.papertape.command.deploy.rollout.RolloutRules;
import dev.papertape.command.engine.EngineCommand.ApplyReleases;
import dev.papertape.command.engine.EngineCommand.MarkExperiments;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.command.guards.GuardVerdict;
import dev.papertape.command.guards.GuardsRecovered;
import dev.papertape.contracts.chaos.ChaosTarget;
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.contracts.deploy.Arm;
import dev.papertape.contracts.deploy.ArmCounts;
import dev.papertape.contracts.deploy.DemoTraffic;
import dev.papertape.contracts.deploy.DeployCommand;
import dev.papertape.contracts.deploy.DeployCommand.AbortRollout;
import dev.papertape.contracts.deploy.DeployCommand.PauseRollout;
import dev.papertape.contracts.deploy.DeployCommand.PromoteRollout;
import dev.papertape.contracts.deploy.DeployCommand.RegisterCandidate;
import dev.papertape.contracts.deploy.DeployCommand.ResumeRollout;
import dev.papertape.contracts.deploy.DeployEvent.RolloutEvent;
import dev.papertape.contracts.deploy.DeployEvent.SlosObserved;
import dev.papertape.contracts.deploy.PolicyBundle;
import dev.papertape.contracts.deploy.PolicyChange;
import dev.papertape.contracts.deploy.RolloutPolicy;
import dev.papertape.contracts.deploy.Slo;
import dev.papertape.contracts.deploy.SloCounts;
import dev.papertape.contracts.execution.ExecutionEvent.OrderAccepted;
import dev.papertape.contracts.execution.ExecutionEvent.OrderCancelled;
import dev.papertape.contracts.execution.ExecutionEvent.OrderExpired;
import dev.papertape.contracts.execution.ExecutionEvent.OrderFilled;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.execution.TimeInForce;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.log.LoggedEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A release changes in the running engine: as a whole, between two decisions, losing none. */
class BlueGreenCutoverTest {
  private static final ReleasePolicy BASELINE = EngineRig.settings(1).baseline();
  private static final PolicyBundle CONFIGURED = BASELINE.bundle();
  private static final String ROLLOUT = "ro-1";

  /** Takes a tenth of what is displayed, where the baseline takes all of it. */
  private static final PolicyChange TIMID =
      router(new PolicyChange.Router(null, null, null, 10, null, null, null));

  /** Finds every book stale. */
  private static final PolicyChange PICKY =
      router(new PolicyChange.Router(1L, null, null, null, null, null, null));

  private final EngineRig rig = new EngineRig();
  private Deployment deployment = Deployment.NONE;

  private static PolicyChange router(PolicyChange.Router router) {
    return new PolicyChange(router, null, null, null);
  }

  // Which policy decides.

  @Test
  void aCutoverIsACleanStepOfThePolicyAndNoDecisionIsLost() {
    rig.open();
    register("next", TIMID, RolloutPolicy.STANDARD);
    buysUntil(1_000);
    promoteToActive();
    long before = rig.all(OrderAccepted.class).size();
    buysUntil(2_000);

    List<RouterEvent> decisions = rig.all(RouterEvent.class);
    assertThat(decisions).hasSameSizeAs(rig.all(OrderAccepted.class)).hasSize(20);
    for (int n = 0; n < decisions.size(); n++) {
      String release = n < before ? "r1" : "next";
      assertThat(decisions.get(n).context().release()).isEqualTo(release);
      assertThat(decisions.get(n).context().policyVersion())
          .isEqualTo(n < before ? BASELINE.router().version() : "next");
      assertThat(metadataOf(decisions.get(n).orderId())).containsEntry("release", release);
    }
  }

  @Test
  void whoseReleaseDecidesFollowsFromTheOrdersIdAlone() {
    rig.open();
    register("next", TIMID, RolloutPolicy.STANDARD);
    promoteTo(4);
    buysUntil(20_000);

    ArmAssignment arms = new ArmAssignment(ROLLOUT, 50);
    List<RouterEvent> decisions = rig.all(RouterEvent.class);
    assertThat(decisions).hasSize(200);
    for (RouterEvent decision : decisions) {
      Arm arm = arms.of(decision.orderId());
      String release = arm == Arm.CANDIDATE ? "next" : "r1";
      assertThat(decision.context().release()).isEqualTo(release);
      assertThat(metadataOf(decision.orderId()))
          .containsEntry("release", release)
          .containsEntry("arm", arm.name());
    }
  }

  @Test
  void inTheShadowTheCandidateDecidesAndNeverExecutes() {
    rig.open();
    register("picky", PICKY, RolloutPolicy.DEMO);
    rig.quietUntil(60_000);

    assertThat(rig.all(RouterEvent.class)).isNotEmpty();
    assertThat(rig.all(RouterEvent.class))
        .allSatisfy(decision -> assertThat(decision.context().release()).isEqualTo("r1"));
    SloCounts errors = counts(Slo.ERROR_RATE);
    assertThat(errors.candidate().samples()).isPositive().isEqualTo(errors.candidate().bad());
    assertThat(errors.control().samples()).isPositive();
    assertThat(errors.control().bad()).isZero();
    assertThat(counts(Slo.P95_LATENCY)).isEqualTo(SloCounts.none(Slo.P95_LATENCY));
  }

  @Test
  void afterAnAbortEverythingIsTheBaselinesAgain() {
    rig.open();
    register("next", TIMID, RolloutPolicy.STANDARD);
    promoteTo(4);
    apply(new AbortRollout(ROLLOUT, "test"));
    buysUntil(2_000);
    assertThat(rig.all(RouterEvent.class))
        .hasSize(20)
        .allSatisfy(decision -> assertThat(decision.context().release()).isEqualTo("r1"));
  }

  @Test
  void aCandidateThatThrowsLosesNoOrder() {
    Releases.Assignment assignment =
        new Releases.Assignment(
            Arm.CANDIDATE,
            BASELINE,
            new ReleasePolicy(
                "broken",
                BASELINE.router(),
                BASELINE.limits(),
                BASELINE.sizing(),
                BASELINE.alpha()),
            true);
    OrderEvaluation.Outcome decided = outcomeOf();
    ArmOutcomes arms =
        ArmOutcomes.of(
            assignment,
            policy -> {
              if (policy.release().equals("broken")) {
                throw new IllegalStateException("broken");
              }
              return decided;
            });
    assertThat(arms.candidateFailed()).isTrue();
    assertThat(arms.executed()).isSameAs(decided);
    Releases.Trial trial = registered("broken", TIMID).trial();
    assertThat(trial).isNotNull();
    assertThat(ArmSample.of(arms, trial).error()).isTrue();
  }

  // An order keeps its release for life.

  @Test
  void aLegOnItsWayFillsUnderThePolicyItWasDecidedUnder() {
    rig.open().at(100).still();
    OrderProgress before = rig.buy("5");
    register("next", TIMID, RolloutPolicy.STANDARD);
    promoteToActive();
    OrderProgress after = rig.at(110).buy("5");
    rig.at(200).still();

    assertThat(rig.only(OrderFilled.class).orderId()).isEqualTo(before.orderId());
    assertThat(rig.only(OrderFilled.class).quantity()).isEqualByComparingTo("5");
    assertThat(metadataOf(before.orderId())).containsEntry("release", "r1");
    assertThat(rig.all(OrderExpired.class))
        .allSatisfy(expired -> assertThat(expired.orderId()).isEqualTo(after.orderId()))
        .extracting(OrderExpired::reason)
        .contains("PARTICIPATION_CAP");
    assertThat(metadataOf(after.orderId())).containsEntry("release", "next");
  }

  @Test
  void aRestingOrderKeepsItsReleaseUntilItIsCancelled() {
    rig.open().at(100).still();
    OrderProgress resting = rig.place(Side.BUY, "1", "99.50", TimeInForce.GTC);
    rig.at(200).still();
    register("next", TIMID, RolloutPolicy.STANDARD);
    promoteToActive();
    rig.at(300).still();
    rig.mail(
        new EngineCommand.CancelOrder(
            resting.orderId(), "test", Map.of("actor", "ann"), null, new CompletableFuture<>()));
    assertThat(rig.only(OrderCancelled.class).orderId()).isEqualTo(resting.orderId());
    assertThat(metadataOf(resting.orderId())).containsEntry("release", "r1");
  }

  // What is counted.

  @Test
  void theDemoPaceTradesBothArmsAndCountsTheRest() {
    rig.open();
    register("next", TIMID, RolloutPolicy.DEMO);
    promoteTo(2);
    rig.quietUntil(5_000);
    rig.at(5_050).still();

    SlosObserved newest = newest();
    DemoTraffic demo = newest.demo();
    assertThat(demo).isNotNull();
    long ticks = Duration.between(EngineRig.START, newest.feedTime()).toMillis() / 100;
    assertThat(ticks).isGreaterThan(40);
    assertThat(demo.generated()).as("500 a second").isEqualTo(50 * ticks);
    assertThat(rig.all(OrderAccepted.class))
        .filteredOn(order -> !order.feedTime().isAfter(newest.feedTime()))
        .hasSize((int) demo.traded());
    // 10 % each, within six standard deviations.
    double sixDeviations = 6 * Math.sqrt(demo.generated() * 0.2 * 0.8);
    assertThat((double) demo.traded())
        .isBetween(0.2 * demo.generated() - sixDeviations, 0.2 * demo.generated() + sixDeviations);
    assertThat(rig.all(SlosObserved.class)).as("once a second").hasSizeBetween(5, 7);
    SloCounts latency = counts(Slo.P95_LATENCY);
    assertThat(latency.candidate().samples() + latency.control().samples()).isPositive();
  }

  @Test
  void Bug_demo_flow_a_held_rollout_traded_without_end() {
    MemoryLog log = new MemoryLog();
    eventsOf("next", TIMID, 2, RolloutPolicy.DEMO).forEach(event -> append(log, event));
    observed(log, DemoFlow.MOST_INTENTS - 120);
    EngineRig held = life(log, 2);
    held.open().quietUntil(2_000);

    assertThat(generated(log)).isEqualTo(DemoFlow.MOST_INTENTS);
    int orders = log.all(OrderAccepted.class).size();
    assertThat(orders).isBetween(1, 120);
    held.quietUntil(5_000);
    assertThat(generated(log)).isEqualTo(DemoFlow.MOST_INTENTS);
    assertThat(log.all(OrderAccepted.class)).hasSize(orders);
    EngineRig next = life(log, 3);
    next.at(10_000).open().quietUntil(12_000);
    assertThat(log.all(OrderAccepted.class)).as("in the next life neither").hasSize(orders);
  }

  @Test
  void aPausedRolloutMakesNoDemoIntentsUntilItIsResumed() {
    rig.open();
    register("next", TIMID, RolloutPolicy.DEMO);
    promoteTo(2);
    rig.quietUntil(1_000);
    apply(new PauseRollout(ROLLOUT, "test"));
    int orders = rig.all(OrderAccepted.class).size();
    rig.quietUntil(3_000);
    assertThat(orders).isPositive();
    assertThat(rig.all(OrderAccepted.class)).hasSize(orders);
    apply(new ResumeRollout(ROLLOUT, "test"));
    rig.quietUntil(4_000);
    assertThat(rig.all(OrderAccepted.class)).hasSizeGreaterThan(orders);
  }

  @Test
  void withoutARolloutNothingIsCountedAndNoDemoTrades() {
    rig.open().quietUntil(5_000);
    assertThat(rig.all(SlosObserved.class)).isEmpty();
    assertThat(rig.all(OrderAccepted.class)).isEmpty();
  }

  @Test
  void whatIsSampledDuringAnExperimentIsCountedApart() {
    rig.open();
    register("next", TIMID, RolloutPolicy.DEMO);
    promoteTo(2);
    rig.quietUntil(2_000);
    SloCounts before = counts(Slo.ERROR_RATE);
    experiment(true);
    rig.quietUntil(4_000);
    SloCounts during = counts(Slo.ERROR_RATE);
    experiment(false);
    rig.quietUntil(6_000);
    SloCounts after = counts(Slo.ERROR_RATE);

    assertThat(before.candidate().samples()).isPositive();
    assertThat(before.candidate().excluded()).isZero();
    assertThat(during.candidate().excluded()).isPositive();
    assertThat(during.candidate().samples() - before.candidate().samples())
        .as("those of the tick at which it was said before the experiment began")
        .isLessThanOrEqualTo(500 / 10 * 2);
    assertThat(after.candidate().samples()).isGreaterThan(during.candidate().samples());
    ArmCounts latency = counts(Slo.P95_LATENCY).candidate();
    assertThat(latency.excluded()).isPositive();
  }

  @Test
  void anOrderOnItsWayThroughAnExperimentIsCountedApartThoughItWasOverBefore() {
    rig.open().at(100).still();
    register("next", TIMID, RolloutPolicy.STANDARD);
    promoteTo(4);
    ArmAssignment arms = new ArmAssignment(ROLLOUT, 50);
    while (arms.of(rig.buy("0.1").orderId()) != Arm.CANDIDATE) {
      assertThat(rig.all(OrderAccepted.class)).hasSizeLessThan(100);
    }
    experiment(true);
    experiment(false);
    rig.quietUntil(2_000);

    assertThat(counts(Slo.P95_LATENCY).candidate()).isEqualTo(new ArmCounts(0, 0, 1));
    assertThat(counts(Slo.ERROR_RATE).candidate())
        .as("was decided before it began")
        .isEqualTo(new ArmCounts(1, 0, 0));
  }

  @Test
  void theSameInputsGiveTheSameDemoFlow() {
    assertThat(demoRun()).hasSizeGreaterThan(100).isEqualTo(demoRun());
  }

  // After a restart.

  @Test
  void aNewLifeFoldsReleaseAndRolloutFromTheLog() {
    MemoryLog log = new MemoryLog();
    Deployment known = Deployment.NONE;
    for (RolloutEvent event : eventsOf("next", TIMID, 5)) {
      append(log, event);
      known = RolloutRules.after(known, event);
      assertThat(followed(log).releases().active())
          .isEqualTo(Releases.of(known, BASELINE).active());
    }
    Releases.Trial none = followed(log).releases().trial();
    assertThat(none).isNull();
    assertThat(followed(log).releases().active().release()).isEqualTo("next");
    assertThat(followed(log).releases().active().router().participationPercent()).isEqualTo(10);
  }

  @Test
  void aNewLifeGoesOnInTheSameStageWithTheSameCounts() {
    MemoryLog log = new MemoryLog();
    eventsOf("next", TIMID, 2, RolloutPolicy.DEMO).forEach(event -> append(log, event));
    EngineRig first = life(log, 1);
    first.open().quietUntil(3_000);
    SlosObserved last = log.all(SlosObserved.class).getLast();

    EngineRig second = life(log, 2);
    second.at(10_000).open();
    second.quietUntil(10_200);
    SlosObserved next = log.all(SlosObserved.class).getLast();
    assertThat(next.life()).isEqualTo(2);
    assertThat(next.since()).isEqualTo(last.since());
    assertThat(next.feedTime()).isAfter(last.feedTime());
    for (int slo = 0; slo < last.slos().size(); slo++) {
      assertThat(next.slos().get(slo).candidate().samples())
          .isGreaterThanOrEqualTo(last.slos().get(slo).candidate().samples());
      assertThat(next.slos().get(slo).blocks().blocks())
          .isGreaterThanOrEqualTo(last.slos().get(slo).blocks().blocks());
    }
    DemoTraffic demo = next.demo();
    DemoTraffic before = last.demo();
    assertThat(demo).isNotNull();
    assertThat(before).isNotNull();
    assertThat(demo.generated()).isGreaterThan(before.generated());
  }

  @Test
  void Bug_origin_an_order_that_expired_at_a_restart_lost_its_release_and_arm() {
    MemoryLog log = new MemoryLog();
    eventsOf("next", TIMID, 4).forEach(event -> append(log, event));
    EngineRig first = life(log, 1);
    first.open().at(100).still();
    ArmAssignment arms = new ArmAssignment(ROLLOUT, 50);
    String open = first.place(Side.BUY, "1", "99.50", TimeInForce.GTC).orderId();
    while (arms.of(open) != Arm.CANDIDATE) {
      open = first.place(Side.BUY, "1", "99.50", TimeInForce.GTC).orderId();
    }
    Recovered recovered =
        new AccountRecovery(log, MemoryLog::decode, EngineRig.CASH)
            .recover(GuardsRecovered.NOTHING, followed(log).releases(), null);
    new EngineRig(log, 1, 2, recovered).at(10_000).open();

    String expired = open;
    assertThat(log.all(OrderExpired.class))
        .filteredOn(event -> event.orderId().equals(expired))
        .extracting(OrderExpired::reason)
        .containsExactly("ENGINE_RESTARTED");
    List<Map<String, String>> life = metadataOf(log, open);
    assertThat(life).hasSizeGreaterThan(2);
    assertThat(life)
        .allSatisfy(
            metadata ->
                assertThat(metadata)
                    .containsEntry("release", "next")
                    .containsEntry("arm", "CANDIDATE")
                    .containsEntry("actor", "ann"));
    assertThat(life.getLast())
        .containsEntry("causationId", log.stream("order:" + open, 0).get(1).eventId().toString());
  }

  // The rig.

  private static EngineRig life(MemoryLog log, long epoch) {
    ReleasesTail.Followed followed = followed(log);
    SlosObserved observed =
        log.lastOf(SlosObserved.stream(ROLLOUT))
            .map(row -> (SlosObserved) MemoryLog.decode(row))
            .orElse(null);
    Recovered nothing = Recovered.nothing(EngineRig.settings(1));
    return new EngineRig(
        log,
        1,
        epoch,
        new Recovered(
            nothing.portfolio(),
            AlphaLedger.empty(),
            nothing.openOrders(),
            nothing.origins(),
            nothing.guards(),
            followed.releases(),
            observed,
            true));
  }

  private static List<Map<String, String>> metadataOf(MemoryLog log, String orderId) {
    List<Map<String, String>> all = new ArrayList<>();
    for (LoggedEvent row : log.stream("order:" + orderId, 0)) {
      @SuppressWarnings("unchecked")
      Map<String, String> metadata = MemoryLog.json().read(row.metadata(), Map.class);
      all.add(metadata);
    }
    return all;
  }

  private static ReleasesTail.Followed followed(MemoryLog log) {
    return new ReleasesTail(log, row -> (RolloutEvent) MemoryLog.decode(row), BASELINE).current();
  }

  private static void append(MemoryLog log, RolloutEvent event) {
    log.append(DeployCommand.ID, "deploy", UUID.randomUUID(), event, Map.of());
  }

  private static void observed(MemoryLog log, long generated) {
    SlosObserved counts =
        new SlosObserved(
            ROLLOUT,
            1,
            EngineRig.START,
            EngineRig.START,
            List.of(SloCounts.none(Slo.ERROR_RATE)),
            new DemoTraffic(generated, 0));
    log.append(SlosObserved.stream(ROLLOUT), "slo", UUID.randomUUID(), counts, Map.of());
  }

  private static long generated(MemoryLog log) {
    DemoTraffic demo = log.all(SlosObserved.class).getLast().demo();
    return demo == null ? 0 : demo.generated();
  }

  private static List<RolloutEvent> eventsOf(String release, PolicyChange change, int promotions) {
    return eventsOf(release, change, promotions, RolloutPolicy.STANDARD);
  }

  private static List<RolloutEvent> eventsOf(
      String release, PolicyChange change, int promotions, RolloutPolicy policy) {
    Deployment now = Deployment.NONE;
    List<RolloutEvent> all = new ArrayList<>();
    DeployCommand next = new RegisterCandidate(ROLLOUT, release, change, policy, CONFIGURED);
    for (int step = 0; step <= promotions; step++) {
      List<RolloutEvent> events = RolloutRules.decide(now, next);
      for (RolloutEvent event : events) {
        now = RolloutRules.after(now, event);
      }
      all.addAll(events);
      next = new PromoteRollout(ROLLOUT, "test", null);
    }
    return all;
  }

  private static Releases registered(String release, PolicyChange change) {
    Deployment now = Deployment.NONE;
    for (RolloutEvent event : eventsOf(release, change, 0)) {
      now = RolloutRules.after(now, event);
    }
    return Releases.of(now, BASELINE);
  }

  private OrderEvaluation.Outcome outcomeOf() {
    rig.open().buy("1");
    RouterEvent decided = rig.all(RouterEvent.class).getFirst();
    return new OrderEvaluation.Outcome(
        BASELINE, decided.context(), new GuardVerdict.Passed(), decided.decision());
  }

  private static List<String> demoRun() {
    MemoryLog log = new MemoryLog();
    eventsOf("next", TIMID, 2, RolloutPolicy.DEMO)
        .forEach(event -> log.append(DeployCommand.ID, "deploy", new UUID(1, 1), event, Map.of()));
    life(log, 1).open().quietUntil(2_000);
    return log.lines();
  }

  private void register(String release, PolicyChange change, RolloutPolicy policy) {
    apply(new RegisterCandidate(ROLLOUT, release, change, policy, CONFIGURED));
  }

  /** Promotes to the policy's step of this index. */
  private void promoteTo(int step) {
    for (int n = 0; n < step; n++) {
      apply(new PromoteRollout(ROLLOUT, "test", null));
    }
  }

  private void promoteToActive() {
    promoteTo(RolloutPolicy.STANDARD.stages().size());
    assertThat(deployment.active()).isNotNull();
  }

  private void apply(DeployCommand command) {
    for (RolloutEvent event : RolloutRules.decide(deployment, command)) {
      deployment = RolloutRules.after(deployment, event);
    }
    rig.mail(new ApplyReleases(Releases.of(deployment, BASELINE)));
  }

  /** An order every 100 ms of which everything fills, up to and including the moment. */
  private void buysUntil(long millisAfterStart) {
    long from = Duration.between(EngineRig.START, rig.now()).toMillis();
    for (long at = from + 100; at <= millisAfterStart; at += 100) {
      rig.at(at).asks("101.00", "10");
      rig.buy("0.1");
    }
  }

  private void experiment(boolean runs) {
    List<ActiveExperiment> active =
        runs
            ? List.of(
                new ActiveExperiment("x-1", ChaosType.L2_GAP, new ChaosTarget(null, null, null)))
            : List.of();
    rig.mail(new MarkExperiments(active, new CompletableFuture<>()));
  }

  private SlosObserved newest() {
    return rig.all(SlosObserved.class).getLast();
  }

  private SloCounts counts(Slo slo) {
    return newest().slos().stream().filter(counts -> counts.slo() == slo).findFirst().orElseThrow();
  }

  /** Of the order's newest event; those of one order never differ in release and arm. */
  private Map<String, String> metadataOf(String orderId) {
    @Nullable Map<String, String> newest = null;
    for (LoggedEvent row : rig.log.stream("order:" + orderId, 0)) {
      @SuppressWarnings("unchecked")
      Map<String, String> metadata = MemoryLog.json().read(row.metadata(), Map.class);
      if (newest != null) {
        assertThat(metadata.get("release")).isEqualTo(newest.get("release"));
        assertThat(metadata.get("arm")).isEqualTo(newest.get("arm"));
      }
      newest = metadata;
    }
    return newest == null ? Map.of() : newest;
  }
}
