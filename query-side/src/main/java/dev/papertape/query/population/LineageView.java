package dev.papertape.query.population;

import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.population.Member;
import dev.papertape.contracts.population.MemberState;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationAction;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.population.PopulationSpec;
import dev.papertape.contracts.population.PopulationState;
import dev.papertape.contracts.population.ScorePoint;
import dev.papertape.contracts.population.StepKind;
import dev.papertape.contracts.population.TrainedParameter;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * All populations with their members and a page of the steps.
 *
 * @param trials parameter sets that were ever tried, over all populations
 * @param next {@code before} of the next page of steps, null on the last one
 */
record LineageView(List<PopulationView> populations, long trials, @Nullable Long next) {

  /**
   * @param generation that runs now
   * @param progress of the generation that runs, null before its first scores
   * @param steps newest first; those of the page
   */
  record PopulationView(
      String populationId,
      String alphaId,
      AlphaKind kind,
      PopulationState state,
      String reason,
      long generation,
      long intervalMs,
      double quantile,
      double resampleProbability,
      long seed,
      boolean applyBest,
      List<TrainedParameter> space,
      @Nullable Progress progress,
      List<MemberView> members,
      List<Step> steps,
      long trials,
      List<PopulationAction> allowedActions) {
    static PopulationView of(Population population, @Nullable Progress progress, List<Step> steps) {
      PopulationSpec spec = population.spec();
      boolean isOfNow = progress != null && progress.generation() == population.generation();
      return new PopulationView(
          spec.populationId(),
          spec.alphaId(),
          spec.kind(),
          population.state(),
          population.reason(),
          population.generation(),
          spec.intervalMs(),
          spec.quantile(),
          spec.resampleProbability(),
          spec.seed(),
          spec.applyBest(),
          spec.space(),
          isOfNow ? progress : null,
          population.members().stream().map(MemberView::of).toList(),
          steps,
          population.trials(),
          PopulationAction.allowed(population.state()));
    }
  }

  /**
   * @param elapsedMs feed time of the generation in which its members were asked
   */
  record Progress(long generation, long elapsedMs, Instant feedTime) {
    static Progress of(MembersScored scores) {
      return new Progress(scores.generation(), scores.elapsedMs(), scores.feedTime());
    }
  }

  /**
   * @param score Sharpe ratio of one-second returns in the newest generation that ended, not
   *     annualised; null without one
   * @param history oldest first; what it inherited counts towards no gate
   */
  record MemberView(
      String memberId,
      @Nullable String parentId,
      long bornGeneration,
      @Nullable Double score,
      @Nullable Integer rank,
      SortedMap<String, Double> params,
      MemberState state,
      List<ScorePoint> history) {
    static MemberView of(Member member) {
      return new MemberView(
          member.memberId(),
          member.parentId(),
          member.bornGeneration(),
          member.score(),
          member.rank(),
          member.params(),
          member.state(),
          member.history());
    }
  }

  /** One line of the lineage. */
  record Step(
      long generation,
      String target,
      String source,
      StepKind kind,
      SortedMap<String, Double> oldParams,
      SortedMap<String, Double> newParams,
      long position) {}
}
