package dev.papertape.contracts.population;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One parameter set in training.
 *
 * @param memberId {@code <populationId>-<n>}, n from 0; kept when it is replaced
 * @param parentId the member that it was last copied from, null of a founder
 * @param bornGeneration the first generation in which these parameters trade
 * @param params all of the alpha's, by name
 * @param score in the newest generation that ended, null without one
 * @param rank in it, 1 is best; null before the first
 * @param history newest last, at most {@value #HISTORY}
 */
public record Member(
    String memberId,
    @Nullable String parentId,
    long bornGeneration,
    SortedMap<String, Double> params,
    @Nullable Double score,
    @Nullable Integer rank,
    MemberState state,
    List<ScorePoint> history) {
  static final int HISTORY = 50;

  public Member {
    params = new TreeMap<>(params);
    history = List.copyOf(history);
  }

  /** One of the first generation. */
  public static Member founder(String memberId, SortedMap<String, Double> params) {
    return new Member(memberId, null, 0, params, null, null, MemberState.TRAINING, List.of());
  }

  Member evaluated(long generation, @Nullable Double newScore, int newRank) {
    List<ScorePoint> points = new ArrayList<>(history);
    points.add(new ScorePoint(generation, newScore, false));
    List<ScorePoint> kept = points.subList(Math.max(0, points.size() - HISTORY), points.size());
    return new Member(
        memberId,
        parentId,
        bornGeneration,
        params,
        newScore,
        newRank,
        newRank == 1 && newScore != null ? MemberState.BEST : MemberState.TRAINING,
        kept);
  }

  /** As a copy of {@code source}, whose past it inherits. */
  Member copying(Member source, long firstGeneration, SortedMap<String, Double> newParams) {
    return new Member(
        memberId,
        source.memberId,
        firstGeneration,
        newParams,
        score,
        rank,
        MemberState.REPLACED,
        source.history.stream().map(ScorePoint::passedOn).toList());
  }

  Member with(SortedMap<String, Double> newParams) {
    return new Member(memberId, parentId, bornGeneration, newParams, score, rank, state, history);
  }
}
