package dev.papertape.command.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.EventTypes;
import dev.papertape.contracts.chaos.ChaosCommand.ApplyFault;
import dev.papertape.contracts.chaos.ChaosCommand.FinishExperiment;
import dev.papertape.contracts.chaos.ChaosCommand.PullLever;
import dev.papertape.contracts.chaos.ChaosCommand.ReleaseLever;
import dev.papertape.contracts.chaos.ChaosCommand.RevertFault;
import dev.papertape.contracts.chaos.ChaosCommand.StartExperiment;
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
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.contracts.chaos.ExperimentVerdict;
import dev.papertape.contracts.chaos.Probe;
import dev.papertape.contracts.chaos.RevertCause;
import dev.papertape.contracts.chaos.SteadyPhase;
import dev.papertape.contracts.chaos.SteadyState;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Experiments always revert: the desk's rule, its steps, its verdicts, and whatever may happen. */
class ChaosResilienceTest {
  static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  static final Instant END = AT.plusSeconds(2);
  static final ChaosTarget BTC_AT_ALTO =
      new ChaosTarget(new Venue("ALTO"), new Symbol("BTC-USDT"), null);

  static StartExperiment start(String id, ChaosType type, ChaosTarget target, Instant at) {
    return new StartExperiment(id, type, target, 7, 1, 2_000, "drill", at);
  }

  static ExperimentStarted started(String id, ChaosTarget target) {
    return (ExperimentStarted)
        ChaosDecider.decide(ChaosState.EMPTY, start(id, ChaosType.L2_GAP, target, AT));
  }

  static SteadyState steady(Instant at, boolean held) {
    return SteadyState.of(
        at, List.of(new Probe("ENGINE_LAG_MS", held ? 5.0 : 3_000.0, 2_000, held)));
  }

  private static SteadyStateObserved saw(SteadyPhase phase, boolean held) {
    return new SteadyStateObserved("x-1", phase, steady(AT, held));
  }

  @Nested
  class Desk {
    private final AggregateTestFixture<ChaosDeskAggregate> fixture =
        new AggregateTestFixture<>(ChaosDeskAggregate.class);

    Desk() {
      fixture.registerCommandTargetResolver(Desk::target);
    }

    private static VersionedAggregateIdentifier target(CommandMessage<?> message) {
      return new VersionedAggregateIdentifier("chaos:desk", null);
    }

    @Test
    void anExperimentBeginsWithItsUndoAndItsDeadline() {
      fixture
          .givenNoPriorActivity()
          .when(start("x-1", ChaosType.L2_GAP, BTC_AT_ALTO, AT))
          .expectEvents(
              new ExperimentStarted(
                  "x-1",
                  ChaosType.L2_GAP,
                  BTC_AT_ALTO,
                  7,
                  1,
                  2_000,
                  "drill",
                  "drop no further message",
                  AT,
                  END));
    }

    @Test
    void oneExperimentATarget() {
      fixture
          .given(started("x-1", BTC_AT_ALTO))
          .when(start("x-2", ChaosType.WS_FLAP, new ChaosTarget(new Venue("ALTO"), null, null), AT))
          .expectNoEvents()
          .expectException(WrongChaosState.class)
          .expectExceptionMessage("experiment x-1 is PENDING on that target");
    }

    @Test
    void anotherTargetIsAnotherExperiment() {
      ChaosTarget other = new ChaosTarget(new Venue("ALTO"), new Symbol("ETH-USDT"), null);
      fixture
          .given(started("x-1", BTC_AT_ALTO))
          .when(start("x-2", ChaosType.L2_GAP, other, AT))
          .expectSuccessfulHandlerExecution();
    }

    @Test
    void noneBeginsWhileTheLeverIsPulled() {
      fixture
          .given(new SafetyLeverPulled("enough", AT))
          .when(start("x-1", ChaosType.L2_GAP, BTC_AT_ALTO, AT))
          .expectNoEvents()
          .expectException(WrongChaosState.class);
    }

    @Test
    void theLeverIsReleasedOnce() {
      fixture
          .given(new SafetyLeverPulled("enough", AT), new SafetyLeverReleased("fine", AT))
          .when(new ReleaseLever("again", AT))
          .expectException(WrongChaosState.class);
    }

    @Test
    void aFaultIsAppliedOnceAndBeforeItsDeadline() {
      fixture
          .given(started("x-1", BTC_AT_ALTO))
          .when(new ApplyFault("x-1", END))
          .expectException(WrongChaosState.class);
      fixture
          .given(started("x-1", BTC_AT_ALTO), new FaultApplied("x-1", AT))
          .when(new ApplyFault("x-1", AT))
          .expectException(WrongChaosState.class);
    }

    @Test
    void aFaultIsTakenBackOnce() {
      fixture
          .given(
              started("x-1", BTC_AT_ALTO),
              new FaultApplied("x-1", AT),
              new FaultReverted("x-1", RevertCause.DEADLINE, 1L, END))
          .when(new RevertFault("x-1", RevertCause.RESTART, null, END))
          .expectNoEvents()
          .expectException(WrongChaosState.class);
    }

    @Test
    void nothingIsFinishedWhileItsFaultIsOn() {
      fixture
          .given(started("x-1", BTC_AT_ALTO), new FaultApplied("x-1", AT))
          .when(new FinishExperiment("x-1", ExperimentVerdict.WITHSTOOD, "", END))
          .expectException(WrongChaosState.class);
    }

    @Test
    void aFinishedExperimentFreesItsTarget() {
      fixture
          .given(
              started("x-1", BTC_AT_ALTO),
              new ExperimentFinished("x-1", ExperimentVerdict.INCONCLUSIVE, "stopped", AT))
          .when(start("x-2", ChaosType.L2_GAP, BTC_AT_ALTO, AT))
          .expectSuccessfulHandlerExecution();
    }

    @Test
    void aPulledLeverIsNotPulledAgain() {
      fixture
          .given(new SafetyLeverPulled("enough", AT))
          .when(new PullLever("more", AT))
          .expectException(WrongChaosState.class);
    }
  }

  @Nested
  class Steps {
    private final Experiment pending = of(started("x-1", BTC_AT_ALTO));
    private final Experiment seen = of(started("x-1", BTC_AT_ALTO), saw(SteadyPhase.BEFORE, true));
    private final Experiment running =
        of(started("x-1", BTC_AT_ALTO), saw(SteadyPhase.BEFORE, true), new FaultApplied("x-1", AT));

    @Test
    void aSteadyStateIsWaitedForButNotForLong() {
      assertThat(next(pending, false, AT)).isInstanceOf(NextStep.Wait.class);
      assertThat(next(pending, true, AT)).isEqualTo(new NextStep.Observe(SteadyPhase.BEFORE));
      assertThat(next(pending, false, AT.plusMillis(1_000)))
          .as("half of two seconds")
          .isEqualTo(new NextStep.Observe(SteadyPhase.BEFORE));
    }

    @Test
    void withoutASteadyStateNothingIsApplied() {
      Experiment shaky = of(started("x-1", BTC_AT_ALTO), saw(SteadyPhase.BEFORE, false));
      assertThat(next(shaky, true, AT)).isInstanceOf(NextStep.Finish.class);
      assertThat(next(seen, true, AT)).isInstanceOf(NextStep.Apply.class);
      assertThat(next(seen, true, END)).isInstanceOf(NextStep.Finish.class);
    }

    @Test
    void theDeadlineTakesBackAndSoDoesTheStopCondition() {
      assertThat(next(running, true, END)).isEqualTo(new NextStep.Revert(RevertCause.DEADLINE));
      SteadyState behind =
          SteadyState.of(AT, List.of(new Probe("ENGINE_LAG_MS", 10_001.0, 2_000, false)));
      assertThat(NextStep.of(running, behind, null, AT))
          .isEqualTo(new NextStep.Revert(RevertCause.STOP_CONDITION));
    }

    @Test
    void thatItWasNoticedIsRecordedAtOnceAndAtTheEndToo() {
      SteadyState before = noticing(0);
      assertThat(NextStep.of(running, noticing(2), before, AT.plusMillis(1)))
          .isEqualTo(new NextStep.Observe(SteadyPhase.DURING));
      assertThat(NextStep.of(running, noticing(2), before, END))
          .isEqualTo(new NextStep.Observe(SteadyPhase.DURING));
      assertThat(NextStep.of(running, noticing(3), noticing(2), END))
          .isEqualTo(new NextStep.Revert(RevertCause.DEADLINE));
    }

    @Test
    void anEngineThatIsSilentForTenSecondsEndsTheFault() {
      SteadyState briefly = SteadyStateProbes.silent(AT.minusMillis(10_000), AT);
      assertThat(NextStep.of(running, briefly, null, AT))
          .isEqualTo(new NextStep.Observe(SteadyPhase.DURING));
      SteadyState forLong = SteadyStateProbes.silent(AT.minusMillis(10_001), AT);
      assertThat(NextStep.of(running, forLong, null, AT))
          .isEqualTo(new NextStep.Revert(RevertCause.STOP_CONDITION));
    }

    @Test
    void aLookThatSaysNothingNewIsRecordedOnceASecond() {
      SteadyState last = steady(AT, true);
      assertThat(NextStep.of(running, steady(AT, true), last, AT.plusMillis(999)))
          .isInstanceOf(NextStep.Wait.class);
      assertThat(NextStep.of(running, steady(AT, true), last, AT.plusMillis(1_000)))
          .isEqualTo(new NextStep.Observe(SteadyPhase.DURING));
      assertThat(NextStep.of(running, steady(AT, false), last, AT.plusMillis(1)))
          .isEqualTo(new NextStep.Observe(SteadyPhase.DURING));
    }

    @Test
    void nothingIsAfterTheFaultBeforeItsUndoHasReachedTheBooks() {
      assertThat(next(reverting(), true, END.plusMillis(999))).isInstanceOf(NextStep.Wait.class);
      assertThat(next(reverting(), true, END.plusMillis(1_000)))
          .isEqualTo(new NextStep.Observe(SteadyPhase.AFTER));
    }

    private Experiment reverting() {
      return of(
          started("x-1", BTC_AT_ALTO),
          new FaultApplied("x-1", AT),
          new FaultReverted("x-1", RevertCause.DEADLINE, 1L, END));
    }

    @Test
    void recoveryIsWaitedForThirtySeconds() {
      Experiment reverting = reverting();
      assertThat(next(reverting, false, END.plusMillis(29_999))).isInstanceOf(NextStep.Wait.class);
      assertThat(next(reverting, false, END.plusSeconds(30)))
          .isEqualTo(new NextStep.Observe(SteadyPhase.AFTER));
    }

    private NextStep next(Experiment experiment, boolean held, Instant now) {
      return NextStep.of(experiment, steady(now, held), null, now);
    }
  }

  @Nested
  class Verdict {
    @Test
    void withstoodNeedsAFaultThatStruckAndASteadyStateThroughout() {
      assertThat(verdict(RevertCause.DEADLINE, 1L, true, true))
          .isEqualTo(ExperimentVerdict.WITHSTOOD);
      assertThat(verdict(RevertCause.DEADLINE, 1L, false, true))
          .isEqualTo(ExperimentVerdict.DEVIATED);
      assertThat(verdict(RevertCause.DEADLINE, 1L, true, false))
          .isEqualTo(ExperimentVerdict.DEVIATED);
      assertThat(verdict(RevertCause.DEADLINE, 0L, true, true))
          .as("it met nothing")
          .isEqualTo(ExperimentVerdict.INCONCLUSIVE);
    }

    @Test
    void aWindowThatWasCutShortIsInconclusive() {
      for (RevertCause cause :
          List.of(RevertCause.RESTART, RevertCause.STOPPED, RevertCause.LEVER)) {
        assertThat(verdict(cause, 1L, true, true)).isEqualTo(ExperimentVerdict.INCONCLUSIVE);
      }
      assertThat(verdict(RevertCause.STOP_CONDITION, 1L, true, true))
          .isEqualTo(ExperimentVerdict.DEVIATED);
    }

    /** What the system must do about each type, and what it says when nobody saw it done. */
    @Test
    void toWithstandIsToNotice() {
      for (ChaosType type : ChaosType.values()) {
        assertThat(verdict(type, RevertCause.DEADLINE, 1L, true, true, 1))
            .as("%s", type)
            .isEqualTo(ExperimentVerdict.WITHSTOOD);
      }
      assertThat(verdict(ChaosType.DEPTH_SPIKE, RevertCause.DEADLINE, 1L, true, true, 0))
          .isEqualTo(ExperimentVerdict.DEVIATED);
      for (ChaosType type : List.of(ChaosType.L2_GAP, ChaosType.API_TIMEOUT, ChaosType.WS_FLAP)) {
        assertThat(verdict(type, RevertCause.DEADLINE, 1L, true, true, 0))
            .as("%s", type)
            .isEqualTo(ExperimentVerdict.INCONCLUSIVE);
      }
    }

    @Test
    void aFaultThatWasStoppedBeforeItStruckSaysNothing() {
      assertThat(verdict(RevertCause.STOP_CONDITION, 0L, true, true))
          .isEqualTo(ExperimentVerdict.INCONCLUSIVE);
    }

    private ExperimentVerdict verdict(RevertCause cause, long hits, boolean during, boolean after) {
      return verdict(ChaosType.L2_GAP, cause, hits, during, after, 1);
    }

    private ExperimentVerdict verdict(
        ChaosType type, RevertCause cause, long hits, boolean during, boolean after, int noticed) {
      return Verdicts.of(
              of(
                  ChaosDecider.decide(ChaosState.EMPTY, start("x-1", type, BTC_AT_ALTO, AT)),
                  saw(SteadyPhase.BEFORE, true),
                  new FaultApplied("x-1", AT),
                  saw(SteadyPhase.DURING, true),
                  new SteadyStateObserved("x-1", SteadyPhase.DURING, noticing(noticed)),
                  saw(SteadyPhase.DURING, during),
                  new FaultReverted("x-1", cause, hits, END),
                  saw(SteadyPhase.AFTER, after)))
          .verdict();
    }
  }

  private static SteadyState noticing(int signs) {
    return SteadyState.of(AT, List.of(new Probe("FAULT_NOTICED", (double) signs, 0, true)));
  }

  private static Experiment of(ChaosEvent... events) {
    return ChaosState.EMPTY.after(List.of(events)).find("x-1").orElseThrow();
  }

  /**
   * Commands, time, deaths of the process and failures of the log in any order: no fault stays on
   * after its deadline, none is taken back twice, and all are finished in the end.
   */
  @Property(tries = 400)
  void whateverHappensEveryFaultIsTakenBackOnceAndInTime(@ForAll("lives") List<Deed> deeds) {
    ChaosWorld world = new ChaosWorld();
    for (Deed deed : deeds) {
      world.does(deed);
      world.check();
    }
    world.comesToRest();
    world.checkStories();
  }

  /** What happens next; the number says which target, or how many ms pass. */
  record Deed(Kind kind, int number) {
    enum Kind {
      INJECT,
      TIME,
      STOP,
      PULL,
      RELEASE,
      KILL,
      LOG_FAILS,
      LOG_FORGETS_TO_ANSWER,
      ENGINE_SILENT,
      SHAKY
    }
  }

  @Provide
  Arbitrary<List<Deed>> lives() {
    Arbitrary<Deed.Kind> kinds =
        Arbitraries.frequency(
            net.jqwik.api.Tuple.of(6, Deed.Kind.INJECT),
            net.jqwik.api.Tuple.of(12, Deed.Kind.TIME),
            net.jqwik.api.Tuple.of(2, Deed.Kind.STOP),
            net.jqwik.api.Tuple.of(1, Deed.Kind.PULL),
            net.jqwik.api.Tuple.of(2, Deed.Kind.RELEASE),
            net.jqwik.api.Tuple.of(3, Deed.Kind.KILL),
            net.jqwik.api.Tuple.of(2, Deed.Kind.LOG_FAILS),
            net.jqwik.api.Tuple.of(2, Deed.Kind.LOG_FORGETS_TO_ANSWER),
            net.jqwik.api.Tuple.of(1, Deed.Kind.ENGINE_SILENT),
            net.jqwik.api.Tuple.of(1, Deed.Kind.SHAKY));
    return net.jqwik.api.Combinators.combine(kinds, Arbitraries.integers().between(0, 1_500))
        .as(Deed::new)
        .list()
        .ofMinSize(5)
        .ofMaxSize(60);
  }

  @Test
  void aTargetIsChosenBySeedAmongWhatFits() {
    assertThatThrownBy(
            () ->
                new InjectRequest(ChaosType.L2_GAP, null, null, null, 1_000, 1, null, null)
                    .target(List.of(), 1))
        .isInstanceOf(WrongChaosState.class);
    InjectRequest request =
        new InjectRequest(ChaosType.L2_GAP, "ALTO", null, null, 1_000, 1, null, null);
    Set<ChaosTarget> chosen =
        java.util.stream.LongStream.range(0, 50)
            .mapToObj(seed -> request.target(ChaosWorld.VENUES, seed))
            .collect(Collectors.toSet());
    assertThat(chosen).allMatch(target -> new Venue("ALTO").equals(target.venue())).hasSize(2);
    assertThat(request.target(ChaosWorld.VENUES, 3))
        .isEqualTo(request.target(ChaosWorld.VENUES, 3));
  }

  /** Payloads as they stand in logs: each is read, and written again is the same text. */
  static final Map<Class<? extends ChaosEvent>, String> PAYLOADS =
      Map.of(
          ExperimentStarted.class,
          """
          {"durationMs":2000,"endsAt":"2026-01-01T00:00:02.000Z","experimentId":"x-1",\
          "intensity":50,"reason":"drill","seed":7,"startedAt":"2026-01-01T00:00:00.000Z",\
          "target":{"provider":null,"symbol":"BTC-USDT","venue":"ALTO"},"type":"depth_spike",\
          "undo":"change no further message, and send what was changed as it is"}""",
          FaultApplied.class,
          """
          {"at":"2026-01-01T00:00:00.000Z","experimentId":"x-1"}""",
          SteadyStateObserved.class,
          """
          {"experimentId":"x-1","observed":{"at":"2026-01-01T00:00:00.000Z","held":false,\
          "probes":[{"held":false,"limit":2000,"name":"ENGINE_LAG_MS","value":null}]},\
          "phase":"DURING"}""",
          FaultReverted.class,
          """
          {"at":"2026-01-01T00:00:02.000Z","cause":"DEADLINE","experimentId":"x-1","hits":3}""",
          ExperimentFinished.class,
          """
          {"at":"2026-01-01T00:00:03.000Z","detail":"struck 3 times","experimentId":"x-1",\
          "verdict":"WITHSTOOD"}""",
          ExperimentRefused.class,
          """
          {"askedFor":null,"at":"2026-01-01T00:00:00.000Z","experimentId":"x-1",\
          "reason":"NOT_DEV","target":{"provider":"ALTO","symbol":null,"venue":null},\
          "type":"api_timeout"}""",
          SafetyLeverPulled.class,
          """
          {"at":"2026-01-01T00:00:00.000Z","reason":"enough"}""",
          SafetyLeverReleased.class,
          """
          {"at":"2026-01-01T00:00:00.000Z","reason":"fine"}""");

  static final Set<Class<? extends ChaosEvent>> TYPES = PAYLOADS.keySet();

  @ParameterizedTest
  @FieldSource("TYPES")
  void payloadIsReadAndWrittenAsItStands(Class<? extends ChaosEvent> type) {
    byte[] stored = PAYLOADS.get(type).getBytes(StandardCharsets.UTF_8);
    ChaosEvent event = MemoryLog.json().read(stored, type);
    assertThat(new String(MemoryLog.json().write(event), StandardCharsets.UTF_8))
        .isEqualTo(PAYLOADS.get(type));
  }

  @Test
  void everyChaosEventHasItsPayloadHere() {
    Set<Class<?>> all =
        EventTypes.all().stream()
            .filter(ChaosEvent.class::isAssignableFrom)
            .collect(Collectors.toSet());
    assertThat(all).isEqualTo(TYPES);
  }
}
