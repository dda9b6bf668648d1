package dev.papertape.contracts.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every fact in {@code ../shared/data/metrics} about a metric that this package has. */
class ReferenceDataTest {
  private static final double TOLERANCE = 1e-9;

  @Test
  void empyrical() throws IOException {
    JsonNode facts = read("empyrical_facts.json");
    int checked = 0;
    for (JsonNode fact : facts.get("cases")) {
      Returns returns = returns(fact.has("returns") ? fact.get("returns") : series(facts, fact));
      double year = fact.path("periods_per_year").asDouble(252);
      double required = fact.path("mar_per_period").asDouble(0);
      boolean plain = !fact.has("mar_series") && !fact.has("risk_free_series");
      Double ours;
      switch (fact.get("metric").asText()) {
        case "max_drawdown" -> ours = returns.maxDrawdown();
        case "annual_volatility_ddof1" -> ours = returns.volatility(year);
        case "sharpe_annualized_ddof1" -> ours = returns.sharpe(year);
        case "downside_deviation_annual_full_n" -> ours = returns.downsideRisk(year, required);
        case "sortino_annualized" -> ours = returns.sortino(year, required);
        case "cum_return_final" -> ours = returns.cumulative();
        case "value_at_risk_percentile_linear" ->
            ours = returns.valueAtRisk(fact.get("cutoff").asDouble());
        default -> {
          continue;
        }
      }
      if (plain) {
        check(fact, fact.get("expected"), ours, returns);
        checked++;
      }
    }
    assertThat(checked).isGreaterThanOrEqualTo(45);
  }

  @Test
  void ffn() throws IOException {
    JsonNode facts = read("ffn_reference_values_subset.json");
    for (String fixture : List.of("bacon_monthly", "tiny_sample_n7")) {
      JsonNode data = facts.get("fixtures").get(fixture);
      Returns returns = returns(data.get("returns"));
      double year = data.get("periods").asDouble();
      JsonNode metrics = facts.get("metrics");
      assertThat(returns.sharpe(year))
          .isCloseTo(metrics.at("/sharpe_annual/" + fixture).asDouble(), within(TOLERANCE));
      assertThat(returns.sortino(year, 0))
          .isCloseTo(metrics.at("/sortino_annual/" + fixture).asDouble(), within(TOLERANCE));
      assertThat(returns.maxDrawdown())
          .isCloseTo(metrics.at("/max_drawdown/" + fixture).asDouble(), within(TOLERANCE));
    }
  }

  /** Facts in words: no deviation is null here, and two name another metric's value. */
  private static void check(
      JsonNode fact, JsonNode expected, @Nullable Double ours, Returns returns) {
    double tolerance = Math.min(fact.get("abs_tol").asDouble(), 1e-4);
    if (tolerance <= 1e-7) {
      tolerance = TOLERANCE;
    }
    if (expected.isNull() || expected.asText().startsWith("inf")) {
      assertThat(ours).as(fact.toString()).isNull();
    } else if (expected.isTextual()) {
      assertThat(ours).as(fact.toString()).isCloseTo(returns.cumulative(), within(tolerance));
    } else {
      assertThat(ours).as(fact.toString()).isCloseTo(expected.asDouble(), within(tolerance));
    }
  }

  private static JsonNode series(JsonNode facts, JsonNode fact) {
    return facts.get("series").path(fact.path("series").asText());
  }

  private static Returns returns(JsonNode values) {
    List<@Nullable Double> returns = new ArrayList<>();
    values.forEach(value -> returns.add(value.isNull() ? null : value.asDouble()));
    return Returns.of(returns);
  }

  private static JsonNode read(String name) throws IOException {
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      Path file = up.resolve("shared/data/metrics").resolve(name);
      if (Files.exists(file)) {
        return new ObjectMapper().readTree(file.toFile());
      }
    }
    assumeTrue(false, "no folder shared/data/metrics above here: reference data not checked");
    throw new AssertionError("not reached");
  }
}
