package dev.papertape.command.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.chaos.ActiveExperiment;
import dev.papertape.command.engine.EngineCommand.MarkExperiments;
import dev.papertape.command.fixtures.MemoryLog;
import dev.papertape.contracts.chaos.ChaosTarget;
import dev.papertape.contracts.chaos.ChaosType;
import dev.papertape.eventstore.log.LoggedEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** While an experiment is active, and only then, every event of the engine says so. */
class MarkedExperimentsTest {
  private final EngineRig rig = new EngineRig();

  @Test
  void everyEventOfTheMeantimeCarriesTheExperimentsId() {
    rig.open();
    List<LoggedEvent> before = rig.log.rows();
    mark("x-2", "x-1");
    rig.buy("1");
    rig.at(31).still();
    List<LoggedEvent> during = rig.log.rows();
    mark();
    rig.buy("1");
    rig.at(62).still();
    List<LoggedEvent> all = rig.log.rows();

    assertThat(ids(before.stream())).allMatch(String::isEmpty).isNotEmpty();
    assertThat(ids(during.stream().skip(before.size())))
        .allMatch("x-1,x-2"::equals)
        .hasSizeGreaterThanOrEqualTo(3);
    assertThat(ids(all.stream().skip(during.size())))
        .allMatch(String::isEmpty)
        .hasSizeGreaterThanOrEqualTo(3);
  }

  private void mark(String... ids) {
    CompletableFuture<Void> marked = new CompletableFuture<>();
    rig.mail(
        new MarkExperiments(
            Stream.of(ids)
                .map(
                    id ->
                        new ActiveExperiment(
                            id, ChaosType.WS_FLAP, new ChaosTarget(EngineRig.VENUE, null, null)))
                .toList(),
            marked));
    assertThat(marked).isCompleted();
  }

  private static List<String> ids(Stream<LoggedEvent> rows) {
    return rows.map(
            row ->
                MemoryLog.json()
                    .read(row.metadata(), com.fasterxml.jackson.databind.JsonNode.class)
                    .path("chaosExperimentId")
                    .asText(""))
        .toList();
  }
}
