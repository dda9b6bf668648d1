package dev.papertape.command.alpha;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.alpha.AlphaCommand;
import dev.papertape.contracts.alpha.AlphaCommand.ChangeAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.PauseAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.RegisterAlpha;
import dev.papertape.contracts.alpha.AlphaCommand.ResumeAlpha;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaBenched;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaChanged;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaPaused;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaRegistered;
import dev.papertape.contracts.alpha.AlphaEvent.AlphaResumed;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.alpha.AlphaRoster;
import dev.papertape.contracts.alpha.AlphaStage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.FixtureConfiguration;
import org.junit.jupiter.api.Test;

class AlphaAggregateTest {
  private static final CommandTargetResolver TARGETS =
      message ->
          new VersionedAggregateIdentifier(
              ((AlphaCommand) message.getPayload()).aggregateId(), null);

  private final FixtureConfiguration<AlphaAggregate> fixture =
      new AggregateTestFixture<>(AlphaAggregate.class);

  AlphaAggregateTest() {
    fixture.registerCommandTargetResolver(TARGETS);
  }

  @Test
  void beginsWithItsRegistration() {
    fixture.givenNoPriorActivity().when(register("operator")).expectEvents(registered("operator"));
  }

  @Test
  void whatIsConfiguredIsRegisteredOnce() {
    fixture
        .given(registered(AlphaCommand.CONFIGURATION))
        .when(register(AlphaCommand.CONFIGURATION))
        .expectSuccessfulHandlerExecution()
        .expectNoEvents();
  }

  @Test
  void nobodyElseMayTakeItsName() {
    fixture
        .given(registered("operator"))
        .when(register("operator"))
        .expectNoEvents()
        .expectException(WrongAlphaState.class)
        .expectExceptionMessage("the alpha is registered already");
  }

  @Test
  void aChangeKeepsWhatItDoesNotName() {
    fixture
        .given(registered("operator"))
        .when(
            new ChangeAlpha(
                "mine", new TreeMap<>(Map.of("exit", 0.1)), null, null, "a calmer exit"))
        .expectEvents(
            new AlphaChanged(
                "mine",
                new TreeMap<>(Map.of("enter", 1.0, "exit", 0.1)),
                0.5,
                null,
                "a calmer exit"));
  }

  @Test
  void aPopulationTakesItsParametersOver() {
    fixture
        .given(registered("operator"))
        .when(new ChangeAlpha("mine", new TreeMap<>(), 1.0, "pop-1", "trained"))
        .expectEvents(
            new AlphaChanged(
                "mine", new TreeMap<>(Map.of("enter", 1.0, "exit", 0.2)), 1, "pop-1", "trained"));
  }

  @Test
  void isPausedOnceAndResumedOnce() {
    fixture
        .given(registered("operator"))
        .when(new PauseAlpha("mine", "drill"))
        .expectEvents(new AlphaPaused("mine", "drill"));
    fixture
        .given(registered("operator"), new AlphaPaused("mine", "drill"))
        .when(new PauseAlpha("mine", "again"))
        .expectNoEvents()
        .expectException(WrongAlphaState.class);
    fixture
        .given(registered("operator"), new AlphaPaused("mine", "drill"))
        .when(new ResumeAlpha("mine", "over"))
        .expectEvents(new AlphaResumed("mine", "over"));
    fixture
        .given(registered("operator"))
        .when(new ResumeAlpha("mine", "over"))
        .expectNoEvents()
        .expectException(WrongAlphaState.class);
  }

  @Test
  void aBenchEndsByAResumption() {
    fixture
        .given(registered("operator"), new AlphaBenched("mine", "THREW", "It threw."))
        .when(new ResumeAlpha("mine", "mended"))
        .expectEvents(new AlphaResumed("mine", "mended"));
  }

  /** The engine may bench what only the configuration knows yet. */
  @Test
  void oneThatWasBenchedBeforeItsRegistrationStaysBenched() {
    fixture
        .given(new AlphaBenched("mine", "THREW", "It threw."))
        .when(register(AlphaCommand.CONFIGURATION))
        .expectEvents(registered(AlphaCommand.CONFIGURATION));
    fixture
        .given(
            new AlphaBenched("mine", "THREW", "It threw."), registered(AlphaCommand.CONFIGURATION))
        .when(new ResumeAlpha("mine", "mended"))
        .expectEvents(new AlphaResumed("mine", "mended"));
    fixture
        .given(new AlphaBenched("mine", "THREW", "It threw."))
        .when(new ResumeAlpha("mine", "mended"))
        .expectNoEvents()
        .expectException(UnknownAlpha.class);
  }

  @Test
  void whoeverWasNeverRegisteredIsNotFound() {
    fixture
        .givenNoPriorActivity()
        .when(new PauseAlpha("mine", "drill"))
        .expectNoEvents()
        .expectException(AggregateNotFoundException.class);
  }

  @Test
  void theAllowedActionsAreThoseOfTheState() {
    WrongAlphaState paused =
        new WrongAlphaState(
            AlphaRoster.EMPTY
                .after(registered("operator"))
                .after(new AlphaPaused("mine", "drill"))
                .find("mine")
                .orElseThrow(),
            "");
    assertThat(paused.allowedActions()).containsExactly("CHANGE", "RESUME");
  }

  private static RegisterAlpha register(String by) {
    return new RegisterAlpha(
        "mine",
        "Mine",
        AlphaKind.MOMENTUM,
        new TreeMap<>(Map.of("enter", 1.0, "exit", 0.2)),
        List.of(),
        List.of(),
        0.5,
        AlphaStage.INCUBATING,
        by);
  }

  private static AlphaRegistered registered(String by) {
    return new AlphaRegistered(
        "mine",
        "Mine",
        AlphaKind.MOMENTUM,
        new TreeMap<>(Map.of("enter", 1.0, "exit", 0.2)),
        List.of(),
        List.of(),
        0.5,
        AlphaStage.INCUBATING,
        null,
        by);
  }
}
