package dev.papertape.command.population;

import static dev.papertape.command.population.Samples.RULES;
import static dev.papertape.command.population.Samples.after;
import static dev.papertape.command.population.Samples.begun;
import static dev.papertape.command.population.Samples.member;
import static dev.papertape.command.population.Samples.scores;
import static dev.papertape.command.population.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.contracts.population.Member;
import dev.papertape.contracts.population.MemberState;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationCommand.EvolvePopulation;
import dev.papertape.contracts.population.PopulationCommand.NoteBestApplied;
import dev.papertape.contracts.population.PopulationCommand.StartPopulation;
import dev.papertape.contracts.population.PopulationCommand.StopPopulation;
import dev.papertape.contracts.population.PopulationEvent.BestApplied;
import dev.papertape.contracts.population.PopulationEvent.GenerationEnded;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.MemberEvaluated;
import dev.papertape.contracts.population.PopulationEvent.MemberExploited;
import dev.papertape.contracts.population.PopulationEvent.MemberExplored;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.population.ScorePoint;
import dev.papertape.contracts.population.TrainedParameter;
import dev.papertape.contracts.population.Trials;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PopulationRulesTest {

  @Test
  void theFirstFounderIsTheAlphaTheOthersAreDrawnWithinTheSpace() {
    Population population = begun(spec("p", 8, 0.25, 1));
    assertThat(population.isRunning()).isTrue();
    assertThat(population.generation()).isZero();
    assertThat(population.trials()).isEqualTo(8);
    assertThat(population.members())
        .extracting(Member::memberId)
        .containsExactly("p-0", "p-1", "p-2", "p-3", "p-4", "p-5", "p-6", "p-7");
    assertThat(population.members().getFirst().params()).isEqualTo(Samples.MOMENTUM);
    assertThat(population.members().stream().map(Member::params).distinct()).hasSize(8);
    assertThat(begun(spec("p", 8, 0.25, 1))).isEqualTo(population);
    assertThat(begun(spec("p", 8, 0.25, 2)).members()).isNotEqualTo(population.members());
  }

  /** Scores 0.1, −0.2, 0.4, none: p-2 first, p-3 last; of four, one is replaced. */
  @Test
  void aGenerationEndsInOneDecision() {
    Population before = begun(spec("p", 4, 0.25, 1));
    List<LineageEvent> events =
        RULES.decide(before, new EvolvePopulation("p", scores(before, 0.1, -0.2, 0.4, null), 77));

    assertThat(events.subList(0, 4))
        .extracting(event -> ((MemberEvaluated) event).memberId())
        .containsExactly("p-2", "p-0", "p-1", "p-3");
    assertThat(events.subList(0, 4))
        .extracting(event -> ((MemberEvaluated) event).rank())
        .containsExactly(1, 2, 3, 4);
    MemberExploited copied = (MemberExploited) events.get(4);
    assertThat(copied.target()).isEqualTo("p-3");
    assertThat(copied.source()).isEqualTo("p-2");
    assertThat(copied.targetScore()).isNull();
    assertThat(copied.sourceScore()).isEqualTo(0.4);
    assertThat(copied.oldParams()).isEqualTo(member(before, "p-3").params());
    assertThat(copied.newParams()).isEqualTo(member(before, "p-2").params());
    List<LineageEvent> explored = events.subList(5, events.size() - 1);
    assertThat(explored).isNotEmpty().allMatch(MemberExplored.class::isInstance);
    assertThat(((MemberExplored) explored.getFirst()).oldParams()).isEqualTo(copied.newParams());
    assertThat(events.getLast())
        .isEqualTo(new GenerationEnded("p", 0, "p-2", 5, 77, Samples.START.plusSeconds(10)));

    Population next = after(before, events);
    assertThat(next.generation()).isEqualTo(1);
    assertThat(next.members()).extracting(Member::memberId).isSorted().hasSize(4);
    Member replaced = member(next, "p-3");
    assertThat(replaced.parentId()).isEqualTo("p-2");
    assertThat(replaced.bornGeneration()).isEqualTo(1);
    assertThat(replaced.params())
        .isEqualTo(((MemberExplored) explored.getLast()).newParams())
        .isNotEqualTo(copied.newParams());
    assertThat(replaced.state()).isEqualTo(MemberState.REPLACED);
    assertThat(replaced.history()).containsExactly(new ScorePoint(0, 0.4, true));
    assertThat(member(next, "p-2").history()).containsExactly(new ScorePoint(0, 0.4, false));
    assertThat(member(next, "p-2").state()).isEqualTo(MemberState.BEST);
    for (String kept : List.of("p-0", "p-1", "p-2")) {
      assertThat(member(next, kept).params()).isEqualTo(member(before, kept).params());
      assertThat(member(next, kept).bornGeneration()).isZero();
    }
  }

  @Test
  void theSameGenerationIsNotEndedTwice() {
    Population before = begun(spec("p", 4, 0.25, 1));
    EvolvePopulation evolve = new EvolvePopulation("p", scores(before, 1.0, 2.0, 3.0, 4.0), 7);
    List<LineageEvent> events = RULES.decide(before, evolve);
    assertThat(RULES.decide(before, evolve)).isEqualTo(events);
    assertThat(RULES.decide(after(before, events), evolve)).isEmpty();
  }

  @Test
  void nobodyIsReadyBeforeTheIntervalIsOverOrWhileItIsStopped() {
    Population running = begun(spec("p", 4, 0.25, 1));
    MembersScored whole = scores(running, 1.0, 2.0, 3.0, 4.0);
    MembersScored early =
        new MembersScored("p", 1, 0, whole.feedTime(), 9_999, true, whole.members());
    assertThat(RULES.decide(running, new EvolvePopulation("p", early, 7))).isEmpty();

    Population stopped = after(running, RULES.decide(running, new StopPopulation("p", "why")));
    assertThat(stopped.isRunning()).isFalse();
    assertThat(RULES.decide(stopped, new EvolvePopulation("p", whole, 7))).isEmpty();
    assertThatThrownBy(() -> RULES.decide(stopped, new StopPopulation("p", "why")))
        .isInstanceOf(WrongPopulationState.class);
    Population again = after(stopped, RULES.decide(stopped, new StartPopulation("p", "on")));
    assertThat(again.reason()).isEqualTo("on");
    assertThat(RULES.decide(again, new EvolvePopulation("p", whole, 7))).isNotEmpty();
  }

  @Test
  void withoutAnyScoreItGoesOnAsItIs() {
    Population before = begun(spec("p", 4, 0.25, 1));
    List<LineageEvent> events =
        RULES.decide(before, new EvolvePopulation("p", scores(before, null, null, null, null), 7));
    assertThat(events).hasSize(5);
    assertThat(((GenerationEnded) events.getLast()).bestMemberId()).isNull();
    Population next = after(before, events);
    assertThat(next.best()).isNull();
    assertThat(next.trials()).isEqualTo(4);
    assertThat(next.members().stream().map(Member::params))
        .isEqualTo(before.members().stream().map(Member::params).toList());
  }

  @Test
  void scoresOfOtherMembersAreRefused() {
    Population before = begun(spec("p", 4, 0.25, 1));
    assertThatThrownBy(
            () -> RULES.decide(before, new EvolvePopulation("p", scores(before, 1.0, 2.0), 7)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("p-3");
  }

  @Test
  void theBestIsOfferedOnce() {
    Population before = begun(spec("p", 2, 0.5, 1));
    Population next =
        after(before, RULES.decide(before, new EvolvePopulation("p", scores(before, 2.0, 1.0), 7)));
    assertThat(next.best()).isEqualTo(new Population.Best(0, "p-0", Samples.MOMENTUM));
    List<LineageEvent> noted = RULES.decide(next, new NoteBestApplied("p", 0, null));
    assertThat(noted)
        .containsExactly(new BestApplied("p", 0, "p-0", "momentum", Samples.MOMENTUM, null));
    assertThat(RULES.decide(after(next, noted), new NoteBestApplied("p", 0, null))).isEmpty();
    assertThat(RULES.decide(next, new NoteBestApplied("p", 1, null))).isEmpty();
  }

  @Property(tries = 60)
  void overGenerationsTheBoundsHoldNobodyIsLostAndTheFirstStayAsTheyAre(
      @ForAll @IntRange(min = 2, max = 32) int members, @ForAll long seed) {
    long exact = seed >> 12;
    Population population = begun(spec("p", members, 0.25, exact));
    Random draws = new Random(seed);
    Trials trials = Trials.NONE;
    List<LineageEvent> all =
        new ArrayList<>(RULES.decide(null, Samples.create(spec("p", members, 0.25, exact))));
    for (int generation = 0; generation < 5; generation++) {
      Double[] values = new Double[members];
      for (int i = 0; i < members; i++) {
        values[i] = draws.nextInt(5) == 0 ? null : (Double) draws.nextGaussian();
      }
      List<LineageEvent> events =
          RULES.decide(population, new EvolvePopulation("p", scores(population, values), 1));
      all.addAll(events);
      Population next = after(population, events);
      assertThat(next.generation()).isEqualTo(generation + 1L);
      assertThat(next.members().stream().map(Member::memberId))
          .isEqualTo(population.members().stream().map(Member::memberId).toList());
      for (Member member : next.members()) {
        for (TrainedParameter parameter : population.spec().space()) {
          assertThat(parameter.allows(member.params().get(parameter.name())))
              .as("%s of %s", parameter.name(), member)
              .isTrue();
        }
        boolean isFirst = member.rank() != null && member.rank() <= members / 2;
        if (isFirst) {
          assertThat(member.params()).isEqualTo(member(population, member.memberId()).params());
        }
      }
      population = next;
    }
    for (LineageEvent event : all) {
      trials = trials.after(event);
    }
    assertThat(trials.count()).isEqualTo(population.trials());
    assertThat(after(null, all)).isEqualTo(population);
  }
}
