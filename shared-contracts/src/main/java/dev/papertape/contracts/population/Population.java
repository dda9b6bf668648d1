package dev.papertape.contracts.population;

import dev.papertape.contracts.population.PopulationEvent.BestApplied;
import dev.papertape.contracts.population.PopulationEvent.GenerationEnded;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.MemberEvaluated;
import dev.papertape.contracts.population.PopulationEvent.MemberExploited;
import dev.papertape.contracts.population.PopulationEvent.MemberExplored;
import dev.papertape.contracts.population.PopulationEvent.PopulationCreated;
import dev.papertape.contracts.population.PopulationEvent.PopulationStarted;
import dev.papertape.contracts.population.PopulationEvent.PopulationStopped;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A population as its lineage has it: the one fold for the aggregate, the engine and the read
 * model.
 *
 * @param reason of the newest start or stop
 * @param generation that runs now, from 0
 * @param members in the order of their ids
 * @param trials parameter sets that were ever tried
 * @param best of the newest generation, to be offered to the alpha and not noted as offered yet;
 *     null without one
 */
public record Population(
    PopulationSpec spec,
    PopulationState state,
    String reason,
    long generation,
    List<Member> members,
    long trials,
    @Nullable Best best) {

  /**
   * Parameters that won a generation.
   *
   * @param generation that ended with them
   */
  public record Best(long generation, String memberId, SortedMap<String, Double> params) {
    public Best {
      params = new TreeMap<>(params);
    }
  }

  public Population {
    members = List.copyOf(members);
  }

  public String populationId() {
    return spec.populationId();
  }

  public boolean isRunning() {
    return state == PopulationState.RUNNING;
  }

  /** By its id; empty when there is none. */
  public Optional<Member> member(String memberId) {
    return members.stream().filter(each -> each.memberId().equals(memberId)).findFirst();
  }

  /**
   * @param population null before the first event
   */
  public static Population after(@Nullable Population population, LineageEvent event) {
    if (event instanceof PopulationCreated(PopulationSpec spec, List<Member> founders)) {
      return new Population(
          spec, PopulationState.STOPPED, "created", 0, founders, founders.size(), null);
    }
    if (population == null) {
      throw new IllegalStateException(event.populationId() + " does not begin with its creation");
    }
    return population.after(event);
  }

  private Population after(LineageEvent event) {
    return switch (event) {
      case PopulationCreated _ -> throw new IllegalStateException(populationId() + " began twice");
      case PopulationStarted started -> in(PopulationState.RUNNING, started.reason());
      case PopulationStopped stopped -> in(PopulationState.STOPPED, stopped.reason());
      case MemberEvaluated done ->
          changed(
              done.memberId(),
              member -> member.evaluated(done.generation(), done.score(), done.rank()));
      case MemberExploited copied ->
          changed(
              copied.target(),
              member ->
                  member.copying(
                      known(copied.source()), copied.generation() + 1, copied.newParams()));
      case MemberExplored explored ->
          changed(explored.target(), member -> member.with(explored.newParams()));
      case GenerationEnded ended -> ended(ended);
      case BestApplied _ -> new Population(spec, state, reason, generation, members, trials, null);
    };
  }

  private Population ended(GenerationEnded ended) {
    String winner = ended.bestMemberId();
    Best offered =
        spec.applyBest() && winner != null
            ? new Best(ended.generation(), winner, known(winner).params())
            : null;
    return new Population(
        spec, state, reason, ended.generation() + 1, members, ended.trials(), offered);
  }

  private Population in(PopulationState now, String why) {
    return new Population(spec, now, why, generation, members, trials, best);
  }

  private Population changed(String memberId, UnaryOperator<Member> change) {
    Member before = known(memberId);
    return new Population(
        spec,
        state,
        reason,
        generation,
        members.stream().map(each -> each.equals(before) ? change.apply(each) : each).toList(),
        trials,
        best);
  }

  private Member known(String memberId) {
    return member(memberId)
        .orElseThrow(() -> new IllegalStateException(populationId() + " has no " + memberId));
  }
}
