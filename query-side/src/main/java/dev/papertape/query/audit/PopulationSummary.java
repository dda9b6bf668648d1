package dev.papertape.query.audit;

import static dev.papertape.query.audit.EventSummary.plain;

import dev.papertape.contracts.population.PopulationEvent;
import java.util.Locale;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What became of a population, in a sentence. */
final class PopulationSummary {
  private PopulationSummary() {}

  static String of(PopulationEvent event) {
    return switch (event) {
      case PopulationEvent.PopulationEnlisted enlisted ->
          "Population %s will be known".formatted(enlisted.populationId());
      case PopulationEvent.PopulationCreated created ->
          "Population %s of %d members trains alpha %s"
              .formatted(
                  created.populationId(), created.founders().size(), created.spec().alphaId());
      case PopulationEvent.PopulationStarted started ->
          "Population %s started: %s".formatted(started.populationId(), started.reason());
      case PopulationEvent.PopulationStopped stopped ->
          "Population %s stopped: %s".formatted(stopped.populationId(), stopped.reason());
      case PopulationEvent.MemberEvaluated done ->
          "Member %s was %d. of generation %d with score %s, P&L %s"
              .formatted(
                  done.memberId(),
                  done.rank(),
                  done.generation(),
                  score(done.score()),
                  plain(done.pnl()));
      case PopulationEvent.MemberExploited copied ->
          "Member %s (score %s) became a copy of %s (score %s)"
              .formatted(
                  copied.target(),
                  score(copied.targetScore()),
                  copied.source(),
                  score(copied.sourceScore()));
      case PopulationEvent.MemberExplored explored ->
          "Member %s goes on with %s (%s)"
              .formatted(explored.target(), params(explored.newParams()), explored.kind());
      case PopulationEvent.GenerationEnded ended ->
          "Generation %d of population %s ended; %d parameter sets tried so far"
              .formatted(ended.generation(), ended.populationId(), ended.trials());
      case PopulationEvent.BestApplied applied -> ofBest(applied);
      case PopulationEvent.MembersScored scored ->
          "Scores of generation %d of population %s after %d s"
              .formatted(scored.generation(), scored.populationId(), scored.elapsedMs() / 1_000);
    };
  }

  private static String ofBest(PopulationEvent.BestApplied applied) {
    String refusal = applied.refusal();
    return refusal == null
        ? "Alpha %s took over %s of member %s"
            .formatted(applied.alphaId(), params(applied.params()), applied.memberId())
        : "Alpha %s did not take over what member %s has: %s"
            .formatted(applied.alphaId(), applied.memberId(), refusal);
  }

  private static String score(@Nullable Double score) {
    return score == null ? "unknown" : String.format(Locale.ROOT, "%.4f", score);
  }

  private static String params(SortedMap<String, Double> params) {
    return params.entrySet().stream()
        .map(param -> param.getKey() + " " + param.getValue())
        .collect(Collectors.joining(", "));
  }
}
