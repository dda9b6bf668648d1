package dev.papertape.command.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.population.Member;
import dev.papertape.contracts.population.MemberState;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationEvent.PopulationEnlisted;
import dev.papertape.contracts.population.PopulationEvent.PopulationStarted;
import dev.papertape.contracts.population.PopulationSpec;
import dev.papertape.contracts.population.PopulationState;
import dev.papertape.contracts.population.ScorePoint;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PopulationTrialsTest {
  private final MemoryLog log = new MemoryLog();

  /** Two own ratios of a minute each are one run of two minutes; what was inherited is none. */
  @Test
  void ownRatiosArePooledAndInheritedOnesLeftOut() {
    Population population =
        population(
            member("p-0", new ScorePoint(0, 0.1, false), new ScorePoint(1, 0.3, false)),
            member("p-1", new ScorePoint(0, 0.9, true), new ScorePoint(1, -0.2, false)),
            member("p-2", new ScorePoint(0, 0.9, true)),
            member("p-3", new ScorePoint(1, null, false)));
    assertThat(PopulationTrials.runs(population))
        .containsExactly(new Trials.Run(0.2, 120), new Trials.Run(-0.2, 60));
  }

  @Test
  void anAlphaHasTheTrialsOfItsPopulationAndOthersHaveOne() {
    Population population = population(member("p-0", new ScorePoint(0, 0.1, false)));
    PopulationTrials trials = new PopulationTrials(log, MemoryLog::decode, asked -> population);
    assertThat(trials.of("a")).as("before there is one").isEqualTo(Trials.ONE);
    append("populations:paper", new PopulationEnlisted("p"));
    assertThat(trials.of("a")).as("listed, not begun").isEqualTo(Trials.ONE);
    append("population:p", new PopulationStarted("p", "why"));
    assertThat(trials.of("a")).isEqualTo(new Trials(17, null));
    assertThat(trials.of("b")).isEqualTo(Trials.ONE);
  }

  private void append(String stream, DomainEvent event) {
    log.append(stream, "population", UUID.randomUUID(), event, Map.of());
  }

  private static Population population(Member... members) {
    return new Population(
        new PopulationSpec(
            "p",
            "a",
            AlphaKind.MOMENTUM,
            List.of(),
            members.length,
            60_000,
            0.25,
            0.25,
            1,
            30,
            BigDecimal.TEN,
            true,
            List.of()),
        PopulationState.RUNNING,
        "why",
        2,
        List.of(members),
        17,
        null);
  }

  private static Member member(String id, ScorePoint... history) {
    return new Member(
        id, null, 0, new TreeMap<>(), null, null, MemberState.TRAINING, List.of(history));
  }
}
