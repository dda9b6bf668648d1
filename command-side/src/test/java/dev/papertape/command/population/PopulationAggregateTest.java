package dev.papertape.command.population;

import static dev.papertape.command.population.Samples.RULES;
import static dev.papertape.command.population.Samples.after;
import static dev.papertape.command.population.Samples.begun;
import static dev.papertape.command.population.Samples.create;
import static dev.papertape.command.population.Samples.scores;
import static dev.papertape.command.population.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.AggregateCommand;
import dev.papertape.contracts.population.InspectPopulation;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationCommand.CreatePopulation;
import dev.papertape.contracts.population.PopulationCommand.EnlistPopulation;
import dev.papertape.contracts.population.PopulationCommand.EvolvePopulation;
import dev.papertape.contracts.population.PopulationCommand.NoteBestApplied;
import dev.papertape.contracts.population.PopulationCommand.StartPopulation;
import dev.papertape.contracts.population.PopulationCommand.StopPopulation;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.PopulationEnlisted;
import dev.papertape.contracts.population.PopulationEvent.PopulationStopped;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shells: each command reaches the rules, a decision's events are one unit of work. */
class PopulationAggregateTest {
  private static final CreatePopulation CREATE = create(spec("p", 4, 0.25, 1));
  private static final List<LineageEvent> BEGUN = RULES.decide(null, CREATE);
  private static final Population POPULATION = begun(spec("p", 4, 0.25, 1));
  private static final EvolvePopulation EVOLVE =
      new EvolvePopulation("p", scores(POPULATION, 0.1, 0.2, 0.3, 0.4), 9);

  private AggregateTestFixture<PopulationAggregate> fixture;

  @BeforeEach
  void aggregate() {
    fixture = new AggregateTestFixture<>(PopulationAggregate.class);
    fixture.registerCommandTargetResolver(PopulationAggregateTest::target);
    fixture.registerInjectableResource(RULES);
  }

  @Test
  void itsCreationBeginsTheStreamAndTheSecondIsRefused() {
    fixture.givenNoPriorActivity().when(CREATE).expectEvents(BEGUN.toArray());
    aggregate();
    fixture.given(BEGUN).when(CREATE).expectException(WrongPopulationState.class).expectNoEvents();
  }

  @Test
  void aGenerationEndsOnceHoweverOftenItIsAsked() {
    List<LineageEvent> ended = RULES.decide(POPULATION, EVOLVE);
    assertThat(ended).hasSizeGreaterThan(5);
    fixture.given(BEGUN).when(EVOLVE).expectEvents(ended.toArray());
    aggregate();
    fixture
        .given(Stream.concat(BEGUN.stream(), ended.stream()).toList())
        .when(EVOLVE)
        .expectNoEvents()
        .expectSuccessfulHandlerExecution();
  }

  @Test
  void theBestIsNotedOnce() {
    List<LineageEvent> ended =
        Stream.concat(BEGUN.stream(), RULES.decide(POPULATION, EVOLVE).stream()).toList();
    NoteBestApplied note = new NoteBestApplied("p", 0, "it is retired");
    List<LineageEvent> noted = RULES.decide(after(null, ended), note);
    assertThat(noted).hasSize(1);
    fixture.given(ended).when(note).expectEvents(noted.toArray());
    aggregate();
    fixture
        .given(Stream.concat(ended.stream(), noted.stream()).toList())
        .when(note)
        .expectNoEvents();
  }

  @Test
  void startsAndStops() {
    fixture
        .given(BEGUN)
        .when(new StopPopulation("p", "lunch"))
        .expectEvents(new PopulationStopped("p", "lunch"));
    aggregate();
    fixture
        .given(BEGUN)
        .when(new StartPopulation("p", "again"))
        .expectException(WrongPopulationState.class)
        .expectNoEvents();
  }

  @Test
  void whatDoesNotExistIsUnknown() {
    for (AggregateCommand command :
        List.of(
            new StartPopulation("q", "why"),
            new StopPopulation("q", "why"),
            new EvolvePopulation("q", EVOLVE.scores(), 9),
            new NoteBestApplied("q", 0, null),
            new InspectPopulation("q"))) {
      aggregate();
      fixture
          .givenNoPriorActivity()
          .when(command)
          .expectException(UnknownPopulation.class)
          .expectNoEvents();
    }
  }

  @Test
  void isInspectedAsItStands() {
    fixture
        .given(BEGUN)
        .when(new InspectPopulation("p"))
        .expectNoEvents()
        .expectResultMessagePayload(POPULATION);
  }

  @Test
  void theListTakesEachOnceAndNotTooMany() {
    AggregateTestFixture<RosterAggregate> roster = roster();
    roster
        .givenNoPriorActivity()
        .when(new EnlistPopulation("p"))
        .expectEvents(new PopulationEnlisted("p"));
    roster().given(new PopulationEnlisted("p")).when(new EnlistPopulation("p")).expectNoEvents();
    List<PopulationEnlisted> full =
        IntStream.range(0, RosterAggregate.MOST)
            .mapToObj(n -> new PopulationEnlisted("p" + n))
            .toList();
    roster()
        .given(full)
        .when(new EnlistPopulation("q"))
        .expectException(WrongPopulationState.class)
        .expectNoEvents();
  }

  private static AggregateTestFixture<RosterAggregate> roster() {
    AggregateTestFixture<RosterAggregate> roster =
        new AggregateTestFixture<>(RosterAggregate.class);
    roster.registerCommandTargetResolver(PopulationAggregateTest::target);
    return roster;
  }

  private static VersionedAggregateIdentifier target(CommandMessage<?> message) {
    return new VersionedAggregateIdentifier(
        ((AggregateCommand) message.getPayload()).aggregateId(), null);
  }
}
