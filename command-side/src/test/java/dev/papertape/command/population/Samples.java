package dev.papertape.command.population;

import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.population.Member;
import dev.papertape.contracts.population.MemberScore;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationCommand.CreatePopulation;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.population.PopulationSpec;
import dev.papertape.contracts.population.TrainedParameter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Populations and scores for tests. */
final class Samples {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final PopulationRules RULES = new PopulationRules(TrainableAlphas::allows);
  static final SortedMap<String, Double> MOMENTUM = params(0.75, 0.25, 10);

  private Samples() {}

  static SortedMap<String, Double> params(double enter, double exit, double lookBack) {
    SortedMap<String, Double> params = new TreeMap<>();
    params.put("enter", enter);
    params.put("exit", exit);
    params.put("lookBack", lookBack);
    return params;
  }

  static PopulationSpec spec(String id, int members, double quantile, long seed) {
    return new PopulationSpec(
        id,
        "momentum",
        AlphaKind.MOMENTUM,
        List.of(),
        members,
        10_000,
        quantile,
        0.25,
        seed,
        2,
        new BigDecimal("1000"),
        true,
        List.of(
            new TrainedParameter("enter", 0.5, 4, false, List.of()),
            new TrainedParameter("exit", 0, 0.45, false, List.of()),
            new TrainedParameter("lookBack", 2, 60, true, List.of())));
  }

  static CreatePopulation create(PopulationSpec spec) {
    return new CreatePopulation(spec, MOMENTUM, "test");
  }

  /** Created and started. */
  static Population begun(PopulationSpec spec) {
    return after(null, RULES.decide(null, create(spec)));
  }

  static Population after(@Nullable Population before, List<? extends LineageEvent> events) {
    Population now = before;
    for (LineageEvent event : events) {
      now = Population.after(now, event);
    }
    if (now == null) {
      throw new AssertionError("no events");
    }
    return now;
  }

  static MemberScore score(String memberId, @Nullable Double score) {
    return new MemberScore(
        memberId,
        score,
        10,
        0.001,
        0.0004,
        new BigDecimal("1.25"),
        new BigDecimal("0.50"),
        new BigDecimal("500"),
        3,
        new BigDecimal("-1.5"),
        List.of(),
        null);
  }

  /** Complete, in the order of the members. */
  static MembersScored scores(Population population, @Nullable Double... values) {
    List<MemberScore> scores = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      scores.add(score(population.members().get(i).memberId(), values[i]));
    }
    return new MembersScored(
        population.populationId(),
        1,
        population.generation(),
        START.plusSeconds(10 + 10 * population.generation()),
        10_000,
        true,
        scores);
  }

  static Member member(Population population, String memberId) {
    return population.member(memberId).orElseThrow();
  }
}
