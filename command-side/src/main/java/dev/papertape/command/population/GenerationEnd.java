package dev.papertape.command.population;

import dev.papertape.command.population.Exploration.Explored;
import dev.papertape.command.population.TruncationSelection.Exploit;
import dev.papertape.contracts.population.Member;
import dev.papertape.contracts.population.MemberScore;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationEvent.GenerationEnded;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.MemberEvaluated;
import dev.papertape.contracts.population.PopulationEvent.MemberExploited;
import dev.papertape.contracts.population.PopulationEvent.MemberExplored;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.population.StepKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;

/** One generation's end: everybody is ranked, the last copy the first, the copies explore. */
final class GenerationEnd {
  private final Population population;
  private final String id;
  private final long generation;
  private final Exploration exploration;
  private final Random draws;
  private final List<LineageEvent> events = new ArrayList<>();
  private long trials;

  GenerationEnd(Population population, Exploration exploration) {
    this.population = population;
    this.id = population.populationId();
    this.generation = population.generation();
    this.exploration = exploration;
    this.draws = SeededDraws.of(population.spec().seed(), id, generation);
    this.trials = population.trials();
  }

  /**
   * @param position of the scores in the log
   * @throws IllegalArgumentException if the scores are not of exactly its members
   */
  List<LineageEvent> decide(MembersScored scores, long position) {
    List<String> scored = scores.members().stream().map(MemberScore::memberId).sorted().toList();
    List<String> members = population.members().stream().map(Member::memberId).sorted().toList();
    if (!scored.equals(members)) {
      throw new IllegalArgumentException("scores of " + scored + ", but members are " + members);
    }
    List<MemberScore> ranked = TruncationSelection.ranked(scores.members(), draws);
    for (int i = 0; i < ranked.size(); i++) {
      events.add(evaluated(ranked.get(i), i + 1));
    }
    TruncationSelection.exploits(ranked, population.spec().quantile(), draws)
        .forEach(this::exploit);
    MemberScore first = ranked.getFirst();
    events.add(
        new GenerationEnded(
            id,
            generation,
            first.score() == null ? null : first.memberId(),
            trials,
            position,
            scores.feedTime()));
    return List.copyOf(events);
  }

  private MemberEvaluated evaluated(MemberScore member, int rank) {
    return new MemberEvaluated(
        id,
        generation,
        member.memberId(),
        rank,
        member.score(),
        member.returns(),
        member.pnl(),
        member.fees(),
        member.trades());
  }

  private void exploit(Exploit exploit) {
    String target = exploit.target().memberId();
    String source = exploit.source().memberId();
    SortedMap<String, Double> copied = paramsOf(source);
    events.add(
        new MemberExploited(
            id,
            generation,
            target,
            source,
            exploit.target().score(),
            Objects.requireNonNull(exploit.source().score(), source),
            paramsOf(target),
            copied));
    Explored explored = exploration.from(copied, draws);
    explored(target, source, StepKind.PERTURB, copied, explored.perturbed());
    explored(target, source, StepKind.RESAMPLE, explored.perturbed(), explored.resampled());
    trials += explored.resampled().equals(copied) ? 0 : 1;
  }

  private void explored(
      String target,
      String source,
      StepKind kind,
      SortedMap<String, Double> before,
      SortedMap<String, Double> after) {
    if (!after.equals(before)) {
      events.add(new MemberExplored(id, generation, target, source, kind, before, after));
    }
  }

  private SortedMap<String, Double> paramsOf(String memberId) {
    return population.member(memberId).orElseThrow().params();
  }
}
