package dev.papertape.query.population;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.alpha.AlphaKind;
import dev.papertape.contracts.population.Member;
import dev.papertape.contracts.population.Population;
import dev.papertape.contracts.population.PopulationEvent;
import dev.papertape.contracts.population.PopulationEvent.GenerationEnded;
import dev.papertape.contracts.population.PopulationEvent.LineageEvent;
import dev.papertape.contracts.population.PopulationEvent.MemberEvaluated;
import dev.papertape.contracts.population.PopulationEvent.MemberExploited;
import dev.papertape.contracts.population.PopulationEvent.MemberExplored;
import dev.papertape.contracts.population.PopulationEvent.MembersScored;
import dev.papertape.contracts.population.PopulationEvent.PopulationCreated;
import dev.papertape.contracts.population.PopulationEvent.PopulationEnlisted;
import dev.papertape.contracts.population.PopulationEvent.PopulationStarted;
import dev.papertape.contracts.population.PopulationSpec;
import dev.papertape.contracts.population.StepKind;
import dev.papertape.contracts.population.TrainedParameter;
import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.query.EmptyDatabase;
import dev.papertape.query.EventJson;
import dev.papertape.query.InMemoryRows;
import dev.papertape.query.SampleEvents;
import dev.papertape.query.population.LineageView.PopulationView;
import dev.papertape.query.population.LineageView.Progress;
import dev.papertape.query.population.LineageView.Step;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LineageProjectionTest {
  private static final EventJson JSON = new EventJson(new CanonicalJson());
  private static final SortedMap<String, Double> A = params(5);
  private static final SortedMap<String, Double> B = params(40);
  private static final SortedMap<String, Double> C = params(6);
  private static final PopulationSpec SPEC =
      new PopulationSpec(
          "p",
          "momentum",
          AlphaKind.MOMENTUM,
          List.of(),
          2,
          10_000,
          0.5,
          0.25,
          1,
          2,
          BigDecimal.TEN,
          false,
          List.of(new TrainedParameter("lookBack", 2, 60, true, List.of())));
  private static final List<PopulationEvent> EVENTS =
      List.of(
          new PopulationEnlisted("p"),
          new PopulationCreated(SPEC, List.of(Member.founder("p-0", A), Member.founder("p-1", B))),
          new PopulationStarted("p", "go"),
          new MembersScored("p", 1, 0, SampleEvents.at(10), 10_000, true, List.of()),
          evaluated("p-0", 1, 0.5),
          evaluated("p-1", 2, -0.5),
          new MemberExploited("p", 0, "p-1", "p-0", -0.5, 0.5, B, A),
          new MemberExplored("p", 0, "p-1", "p-0", StepKind.PERTURB, A, C),
          new GenerationEnded("p", 0, "p-0", 3, 4, SampleEvents.at(10)));

  @Test
  void whatIsShownIsTheFoldOfTheEvents() throws Exception {
    InMemoryRows rows = new InMemoryRows();
    var fold = new LineageProjection(JSON).open(EmptyDatabase.connection());
    Population running = null;
    for (int i = 0; i < EVENTS.size(); i++) {
      PopulationEvent event = EVENTS.get(i);
      fold.apply(InMemoryRows.logged(i + 1, "population:p", event), rows);
      running = event instanceof LineageEvent line ? Population.after(running, line) : running;
    }
    List<?> row = rows.table("pbt_population").get("[p]");
    assertThat(row.getFirst()).as("created at").isEqualTo(2L);
    assertThat(JSON.view(row.get(1).toString(), Population.class)).isEqualTo(running);

    assertThat(rows.table("pbt_step")).containsOnlyKeys("[7]", "[8]");
    assertThat(step(rows, "[7]")).isEqualTo(new Step(0, "p-1", "p-0", StepKind.EXPLOIT, B, A, 7));
    assertThat(step(rows, "[8]")).isEqualTo(new Step(0, "p-1", "p-0", StepKind.PERTURB, A, C, 8));
    Progress progress =
        JSON.view(rows.table("pbt_progress").get("[p]").getFirst().toString(), Progress.class);
    assertThat(progress).isEqualTo(new Progress(0, 10_000, SampleEvents.at(10)));

    PopulationView view = PopulationView.of(running, progress, List.of());
    assertThat(view.generation()).isEqualTo(1);
    assertThat(view.progress()).as("of a generation that is over").isNull();
    assertThat(view.trials()).isEqualTo(3);
    assertThat(view.members().get(1).parentId()).isEqualTo("p-0");
    assertThat(view.members().get(1).params()).isEqualTo(C);
    assertThat(view.members().get(1).history().getFirst().inherited()).isTrue();
  }

  private static Step step(InMemoryRows rows, String key) {
    return JSON.view(rows.table("pbt_step").get(key).get(1).toString(), Step.class);
  }

  private static MemberEvaluated evaluated(String member, int rank, double score) {
    return new MemberEvaluated("p", 0, member, rank, score, 10, BigDecimal.ONE, BigDecimal.ZERO, 1);
  }

  private static SortedMap<String, Double> params(double lookBack) {
    return new TreeMap<>(Map.of("lookBack", lookBack));
  }
}
