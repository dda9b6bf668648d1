package dev.papertape.query.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.contracts.budget.ProviderStanding;
import dev.papertape.query.budget.ProviderStandings.Standing;
import dev.papertape.query.report.Health.HealthStatus;
import dev.papertape.query.report.Health.ProcessHealth;
import dev.papertape.query.report.Health.ProjectionHealth;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthRulesTest {
  private static final ProjectionHealth FINE =
      new ProjectionHealth("router", 5, 10_000, "RUNNING", 0, null);
  private static final ProcessHealth ENGINE =
      new ProcessHealth("p1", "command-side", 4_999, List.of("engine"));

  @Test
  void everything_in_order_is_up() throws Exception {
    List<String> reasons =
        HealthRules.reasons(
            List.of(FINE),
            List.of(ENGINE),
            List.of(feed("CONNECTED"), feed("SYNCED")),
            List.of(
                new Standing("ALTO", ProviderStanding.OK, null),
                new Standing("BRIO", ProviderStanding.SOFT_LIMIT, "8 of 10 calls in 10s")));
    assertThat(reasons).isEmpty();
    assertThat(HealthRules.status(reasons)).isEqualTo(HealthStatus.UP);
  }

  @Test
  void each_thing_wrong_is_a_reason() throws Exception {
    var broken = new ProjectionHealth("a", 1, 10_001, "DEGRADED", 2, "no space");
    var dead = new ProcessHealth("p1", "command-side", 5_000, List.of("engine"));
    var standby = new ProcessHealth("p2", "command-side", 100, List.of());
    List<String> reasons =
        HealthRules.reasons(
            List.of(FINE, broken),
            List.of(dead, standby),
            List.of(feed("DISCONNECTED")),
            List.of(
                new Standing("ALTO", ProviderStanding.UNKNOWN, "3 failures in a row"),
                new Standing("BRIO", ProviderStanding.COOLING_DOWN, "until noon"),
                new Standing("CIELO", ProviderStanding.BANNED, "until one"),
                new Standing("DURO", ProviderStanding.EXHAUSTED, "10 of 10 calls")));
    assertThat(reasons)
        .containsExactly(
            "projection a is DEGRADED: no space",
            "projection a has parked 2 events",
            "projection a lags 10001 events",
            "no living process holds the engine's lease",
            "feed KRAKEN is DISCONNECTED",
            "provider ALTO is UNKNOWN: 3 failures in a row",
            "provider BRIO is COOLING_DOWN: until noon",
            "provider CIELO is BANNED: until one",
            "provider DURO is EXHAUSTED: 10 of 10 calls");
    assertThat(HealthRules.status(reasons)).isEqualTo(HealthStatus.DEGRADED);
  }

  private static JsonNode feed(String state) throws Exception {
    return new ObjectMapper().readTree("{\"venue\":\"KRAKEN\",\"state\":\"" + state + "\"}");
  }
}
