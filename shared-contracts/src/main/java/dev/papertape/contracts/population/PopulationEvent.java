package dev.papertape.contracts.population;

import dev.papertape.contracts.DomainEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What became of populations: streams {@code populations:paper} (which there are), {@code
 * population:<populationId>} (the lineage) and {@code pbt-scores:<populationId>} (the engine's
 * facts).
 */
public sealed interface PopulationEvent extends DomainEvent {
  String populationId();

  /** The population will be found under its id; written before its own stream begins. */
  record PopulationEnlisted(String populationId) implements PopulationEvent {}

  /** A step of the lineage; stream {@code population:<populationId>}. */
  sealed interface LineageEvent extends PopulationEvent {}

  /**
   * Part of what one generation's end decided; all of them, with {@link GenerationEnded} last, are
   * in the log together or not at all.
   */
  sealed interface GenerationEvent extends LineageEvent {
    /** The generation that ended. */
    long generation();
  }

  /**
   * @param founders in the order of their ids
   */
  record PopulationCreated(PopulationSpec spec, List<Member> founders) implements LineageEvent {
    public PopulationCreated {
      founders = List.copyOf(founders);
    }

    @Override
    public String populationId() {
      return spec.populationId();
    }
  }

  record PopulationStarted(String populationId, String reason) implements LineageEvent {}

  record PopulationStopped(String populationId, String reason) implements LineageEvent {}

  /**
   * How a member did; see {@link MemberScore}.
   *
   * @param rank 1 is best; members without a score come last, ties as the seed has it
   */
  record MemberEvaluated(
      String populationId,
      long generation,
      String memberId,
      int rank,
      @Nullable Double score,
      long returns,
      BigDecimal pnl,
      BigDecimal fees,
      long trades)
      implements GenerationEvent {}

  /**
   * A member of the last quantile became a copy of one of the first: parameters, book and past.
   *
   * @param targetScore of the replaced member, null without one
   * @param newParams the source's
   */
  record MemberExploited(
      String populationId,
      long generation,
      String target,
      String source,
      @Nullable Double targetScore,
      double sourceScore,
      SortedMap<String, Double> oldParams,
      SortedMap<String, Double> newParams)
      implements GenerationEvent {
    public MemberExploited {
      oldParams = new TreeMap<>(oldParams);
      newParams = new TreeMap<>(newParams);
    }
  }

  /**
   * The copy went its own way: one event for what was perturbed, one for what was drawn anew.
   *
   * @param kind {@code PERTURB} or {@code RESAMPLE}
   */
  record MemberExplored(
      String populationId,
      long generation,
      String target,
      String source,
      StepKind kind,
      SortedMap<String, Double> oldParams,
      SortedMap<String, Double> newParams)
      implements GenerationEvent {
    public MemberExplored {
      oldParams = new TreeMap<>(oldParams);
      newParams = new TreeMap<>(newParams);
    }
  }

  /**
   * The next generation begins.
   *
   * @param bestMemberId the first in rank, null when nobody has a score
   * @param trials parameter sets that were ever tried, with those that begin now
   * @param scoresPosition log position of the scores that it rests on
   * @param feedTime up to which these were counted
   */
  record GenerationEnded(
      String populationId,
      long generation,
      @Nullable String bestMemberId,
      long trials,
      long scoresPosition,
      Instant feedTime)
      implements GenerationEvent {}

  /**
   * The best parameters were offered to the alpha.
   *
   * @param generation after which they were best
   * @param refusal why the alpha did not take them, null when it has them now
   */
  record BestApplied(
      String populationId,
      long generation,
      String memberId,
      String alphaId,
      SortedMap<String, Double> params,
      @Nullable String refusal)
      implements LineageEvent {
    public BestApplied {
      params = new TreeMap<>(params);
    }
  }

  /**
   * How the members of a generation stand; by the engine each feed minute and when the interval is
   * over.
   *
   * @param life of the engine
   * @param elapsedMs feed time of this generation in which its members were asked
   * @param complete whether that is the interval: what the generation's end rests on
   * @param members in the order of their ids
   */
  record MembersScored(
      String populationId,
      long life,
      long generation,
      Instant feedTime,
      long elapsedMs,
      boolean complete,
      List<MemberScore> members)
      implements PopulationEvent {
    public MembersScored {
      members = List.copyOf(members);
    }

    /** Stream of a population's scores. */
    public static String stream(String populationId) {
      return "pbt-scores:" + populationId;
    }
  }
}
