package dev.papertape.benchmarks.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.benchmarks.Result;
import dev.papertape.benchmarks.Scenario;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RouterScenarioTest {
  /** Two implementations that share no code, over 1,280 orders. */
  @Test
  void theRouterDecidesAsTheObviousImplementationInDecimalsDoes() {
    LongStream.range(0, 20)
        .forEach(seed -> RouterScenario.requireEqualDecisions(RoutingCases.seeded(seed)));
  }

  @Test
  void isFoundAndMeasuresDecide() throws Exception {
    Scenario router =
        ServiceLoader.load(Scenario.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(scenario -> scenario.name().equals("router"))
            .findFirst()
            .orElseThrow();

    List<Result> results = router.run(new Scenario.Options(true)).limit(1).toList();

    assertThat(results).extracting(Result::metric).containsExactly("decide");
    assertThat(results.getFirst().ours()).isPositive();
    assertThat(results.getFirst().peer()).isPositive();
  }
}
