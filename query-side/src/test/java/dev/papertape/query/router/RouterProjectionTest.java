package dev.papertape.query.router;

import static dev.papertape.query.SampleEvents.BTC;
import static dev.papertape.query.SampleEvents.at;
import static dev.papertape.query.SampleEvents.intent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.eventstore.json.CanonicalJson;
import dev.papertape.query.EmptyDatabase;
import dev.papertape.query.EventJson;
import dev.papertape.query.InMemoryRows;
import dev.papertape.query.SampleEvents;
import org.junit.jupiter.api.Test;

class RouterProjectionTest {
  @Test
  void only_the_newest_thousand_decisions_are_kept() throws Exception {
    InMemoryRows rows = new InMemoryRows();
    var fold =
        new RouterProjection(new EventJson(new CanonicalJson())).open(EmptyDatabase.connection());
    for (int i = 1; i <= RouterProjection.RECENT + 5; i++) {
      var decided = SampleEvents.routed("o" + i, intent(BTC, "1", "a"), at(i));
      fold.apply(InMemoryRows.logged(i, "order:o" + i, decided), rows);
    }
    assertThat(rows.table("router_recent"))
        .hasSize(RouterProjection.RECENT)
        .doesNotContainKey("[5]")
        .containsKeys("[6]", "[1005]");
    // One decision a second, of which sixty seconds count.
    assertThat(rows.table("router_second")).hasSize(60);
  }
}
