package dev.papertape.query.router;

import static dev.papertape.query.SampleEvents.BINANCE;
import static dev.papertape.query.SampleEvents.BTC;
import static dev.papertape.query.SampleEvents.at;
import static dev.papertape.query.SampleEvents.intent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.query.EmptyDatabase;
import dev.papertape.query.EventJson;
import dev.papertape.query.InMemoryRows;
import dev.papertape.query.SampleEvents;
import java.util.List;
import org.junit.jupiter.api.Test;

class RouterProjectionTest {
  @Test
  void pointsAtScoresAndAtRunsOfDecisions() throws Exception {
    InMemoryRows rows = new InMemoryRows();
    var fold =
        new RouterProjection(new EventJson(new CanonicalJson())).open(EmptyDatabase.connection());
    for (int i = 1; i <= 3; i++) {
      var decided = SampleEvents.routed("o" + i, intent(BTC, "1", "a"), at(1));
      fold.apply(InMemoryRows.logged(i, "order:o" + i, decided), rows);
    }
    var scored = SampleEvents.scored(BINANCE, 0.5, at(2));
    fold.apply(InMemoryRows.logged(4, "venue:BINANCE", scored), rows);

    assertThat(rows.table("router_second")).hasSize(1).containsKey("[1]");
    assertThat(rows.table("router_second").get("[1]").subList(1, 3))
        .as("last position, decisions")
        .isEqualTo(List.of(3L, 3L));
    assertThat(rows.table("router_venue")).containsOnlyKeys("[BINANCE]");
    assertThat(rows.table("router_score")).containsOnlyKeys("[BINANCE, 4]");
  }
}
