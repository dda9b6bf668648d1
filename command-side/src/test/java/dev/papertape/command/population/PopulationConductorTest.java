package dev.papertape.command.population;

import static dev.papertape.command.population.Samples.RULES;
import static dev.papertape.command.population.Samples.scores;
import static dev.papertape.command.population.Samples.spec;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.alpha.AlphaSettings;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.alpha.AlphaSpec;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationCommand;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.population.PopulationEvent.BestApplied;
import dev.papertape.contracts.population.PopulationEvent.GenerationEnded;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.population.PopulationEvent.PopulationEnlisted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The log in memory, the rules as the aggregate has them; a kill is a conductor that throws. */
class PopulationConductorTest {
  private final MemoryLog log = new MemoryLog();
  private final List<SortedMap<String, Double>> trained = new ArrayList<>();
  private final List<List<Population>> told = new ArrayList<>();
  private @Nullable String refusal;

  /** Dies at the first command of this type. */
  private @Nullable Class<? extends PopulationCommand> killedAt;

  @Test
  void aFreshLogGetsWhatIsShippedOnce() throws InterruptedException {
    PopulationConductor conductor = conductor();
    assertThat(conductor.current().populations()).isEmpty();
    look(conductor, 3);
    look(conductor(), 3);
    assertThat(log.all(PopulationEvent.PopulationCreated.class)).hasSize(1);
    assertThat(told.getLast()).hasSize(1);
    assertThat(told.getLast().getFirst().isRunning()).isTrue();
  }

  @Test
  void aCreationThatWasCutShortIsMadeUpFor() throws InterruptedException {
    killedAt = PopulationCommand.CreatePopulation.class;
    assertThatThrownBy(() -> conductor().look(told::add)).hasMessage("killed");
    assertThat(log.all(PopulationEnlisted.class)).hasSize(1);
    killedAt = null;
    look(conductor(), 2);
    assertThat(log.all(PopulationEnlisted.class)).hasSize(1);
    assertThat(log.all(PopulationEvent.PopulationCreated.class)).hasSize(1);
  }

  @Test
  void aGenerationEndsOnceWhateverIsKilled() throws InterruptedException {
    look(conductor(), 2);
    score(2.0, 1.0, 0.5, 0.1);

    // Before it was ended: another life ends it. After: it does not do so again.
    killedAt = PopulationCommand.EvolvePopulation.class;
    assertThatThrownBy(() -> conductor().look(told::add)).hasMessage("killed");
    assertThat(log.all(GenerationEnded.class)).isEmpty();
    killedAt = PopulationCommand.NoteBestApplied.class;
    assertThatThrownBy(() -> conductor().look(told::add)).hasMessage("killed");
    assertThat(log.all(GenerationEnded.class)).hasSize(1);
    assertThat(trained).hasSize(1);
    killedAt = null;
    look(conductor(), 3);
    assertThat(log.all(GenerationEnded.class)).hasSize(1);

    // What was offered and not noted is offered again: the same parameters.
    assertThat(trained).hasSize(2);
    assertThat(trained.get(1)).isEqualTo(trained.get(0));
    assertThat(log.all(BestApplied.class)).hasSize(1);
    assertThat(told.getLast().getFirst().generation()).isEqualTo(1);

    score(2.0, 1.0, 0.5, 0.1);
    look(conductor(), 2);
    assertThat(log.all(GenerationEnded.class))
        .extracting(GenerationEnded::generation)
        .containsExactly(0L, 1L);
  }

  @Test
  void whatTheAlphaRefusesIsNotedWithItsReason() throws InterruptedException {
    refusal = "it is retired";
    look(conductor(), 2);
    score(2.0, 1.0, 0.5, 0.1);
    look(conductor(), 3);
    assertThat(log.all(BestApplied.class))
        .extracting(BestApplied::refusal)
        .containsExactly("it is retired");
  }

  @Test
  void scoresThatAreNotCompleteEndNothing() throws InterruptedException {
    look(conductor(), 2);
    Population population = told.getLast().getFirst();
    MembersScored whole = scores(population, 2.0, 1.0, 0.5, 0.1);
    append(
        new MembersScored("p", 1, 0, whole.feedTime(), whole.elapsedMs(), false, whole.members()));
    look(conductor(), 2);
    assertThat(log.all(GenerationEnded.class)).isEmpty();
  }

  @Test
  void anotherLifeBeginsWithEveryPopulationAndItsNewestScores() throws InterruptedException {
    look(conductor(), 2);
    score(2.0, 1.0, 0.5, 0.1);
    PopulationConductor.Followed followed = conductor().current();
    assertThat(followed.populations()).isEqualTo(told.getLast());
    assertThat(followed.newest()).containsExactlyElementsOf(log.all(MembersScored.class));
  }

  private void score(Double... values) {
    append(scores(told.getLast().getFirst(), values));
  }

  private void append(MembersScored scores) {
    log.append(MembersScored.stream("p"), "pbt-scores", UUID.randomUUID(), scores, Map.of());
  }

  private void look(PopulationConductor conductor, int times) throws InterruptedException {
    for (int n = 0; n < times; n++) {
      conductor.look(told::add);
    }
  }

  private PopulationConductor conductor() {
    return new PopulationConductor(
        log,
        row -> (PopulationEvent) MemoryLog.decode(row),
        new PopulationConductor.Parts(
            this::handle,
            id -> Optional.ofNullable(fold(id)).orElseThrow(),
            new Alphas(),
            List.of(spec("p", 4, 0.25, 1))));
  }

  /** As the aggregates do it. */
  private void handle(PopulationCommand command) {
    if (command.getClass() == killedAt) {
      throw new IllegalStateException("killed");
    }
    if (command instanceof PopulationCommand.EnlistPopulation(String id)) {
      if (log.stream(PopulationCommand.ROSTER, 0).isEmpty()) {
        log.append(
            PopulationCommand.ROSTER,
            "populations",
            UUID.randomUUID(),
            new PopulationEnlisted(id),
            Map.of());
      }
      return;
    }
    for (LineageEvent event : RULES.decide(fold(command.populationId()), command)) {
      log.append(command.aggregateId(), "population", UUID.randomUUID(), event, Map.of());
    }
  }

  private @Nullable Population fold(String id) {
    Population population = null;
    for (var row : log.stream(PopulationCommand.PREFIX + id, 0)) {
      population = Population.after(population, (LineageEvent) MemoryLog.decode(row));
    }
    return population;
  }

  private final class Alphas implements TrainedAlphas {
    @Override
    public Optional<AlphaSpec> find(String alphaId) {
      return AlphaSettings.builtIn().stream()
          .filter(alpha -> alpha.alphaId().equals(alphaId))
          .findFirst();
    }

    @Override
    public List<String> known() {
      return List.of("momentum");
    }

    @Override
    public @Nullable String train(
        String alphaId, SortedMap<String, Double> params, String populationId, String reason) {
      trained.add(params);
      assertThat(reason).contains("generation", "p-");
      return refusal;
    }
  }
}
