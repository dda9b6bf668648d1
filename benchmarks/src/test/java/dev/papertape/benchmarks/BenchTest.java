package dev.papertape.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.standalone.verb.BenchRequest;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BenchTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void printsOneJsonObjectALineWithNullsWhereThereIsNoPeer() {
    int exit = run(List.of(new Fixed("b"), new Fixed("a")), "--json", "a");

    assertThat(exit).isZero();
    assertThat(text(out).lines())
        .containsExactly(
            "{\"scenario\":\"a\",\"metric\":\"rate\",\"unit\":\"1/s\",\"ours\":30.0,\"peer\":10.0,\"peerName\":\"other\",\"ratio\":3.0}",
            "{\"scenario\":\"a\",\"metric\":\"time\",\"unit\":\"ms\",\"ours\":2.0,\"peer\":8.0,\"peerName\":\"other\",\"ratio\":4.0}",
            "{\"scenario\":\"a\",\"metric\":\"alone\",\"unit\":\"µs\",\"ours\":1.5,\"peer\":null,\"peerName\":null,\"ratio\":null}");
  }

  @Test
  void runsEveryScenarioByNameOrderWhenNoneIsNamed() {
    run(List.of(new Fixed("b"), new Fixed("a")));

    assertThat(text(out).lines().skip(1).map(line -> line.substring(0, 1)))
        .containsExactly("a", "a", "a", "b", "b", "b");
  }

  @Test
  void refusesAnUnknownScenarioBeforeRunningAny() {
    int exit = run(List.of(new Fixed("a")), "a", "nonsense");

    assertThat(exit).isEqualTo(2);
    assertThat(text(err)).contains("nonsense").contains("there are: a");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void aFailingScenarioIsNamedAndTheOthersStillRun() {
    Scenario broken =
        new Scenario() {
          @Override
          public String name() {
            return "0-broken";
          }

          @Override
          public Stream<Result> run(Options options) {
            throw new IllegalStateException("no data");
          }
        };

    int exit = run(List.of(broken, new Fixed("a")), "--json");

    assertThat(exit).isEqualTo(1);
    assertThat(text(err)).contains("0-broken").contains("no data");
    assertThat(text(out).lines()).hasSize(3);
  }

  private int run(List<Scenario> scenarios, String... arguments) {
    return new Bench(scenarios)
        .run(
            new BenchRequest(
                Stream.of(arguments).filter(argument -> !argument.startsWith("--")).toList(),
                false,
                List.of(arguments).contains("--json")),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8);
  }

  private record Fixed(String name) implements Scenario {
    @Override
    public Stream<Result> run(Options options) {
      return Stream.of(
          Result.moreIsBetter(name, "rate", "1/s", 30, 10, "other"),
          Result.lessIsBetter(name, "time", "ms", 2, 8, "other"),
          Result.alone(name, "alone", "µs", 1.5));
    }
  }
}
