package dev.papertape.benchmarks.deploy;

import dev.papertape.benchmarks.Result;
import dev.papertape.benchmarks.Scenario;
import java.util.stream.Stream;

/**
 * Cutovers under load, see {@link CutoverRun}. Metric {@code decision-p99-cutover}: from an order's
 * arrival at the engine until it is decided and handed to the journal, over the first thousand
 * orders after each of many cutovers; the peer is the same run before its first change. Metric
 * {@code decision-p99-partial}: the same while both releases decide at 50 %. Fails if a decision is
 * lost, or made under another policy than its release's, or under another release than its turn's.
 */
public final class CutoverScenario implements Scenario {
  private static final String BEFORE = "the same run before it";

  @Override
  public String name() {
    return "cutover";
  }

  @Override
  public Stream<Result> run(Options options) throws Exception {
    CutoverRun run = CutoverRun.of(options.quick() ? 4 : 10);
    return Stream.of(
        Result.lessIsBetter(
            name(), "decision-p99-cutover", "µs", run.afterCutover(), run.before(), BEFORE),
        Result.lessIsBetter(
            name(), "decision-p99-partial", "µs", run.partial(), run.before(), BEFORE),
        Result.alone(name(), "decisions", "decisions", run.decisions()),
        Result.alone(name(), "decisions-mixed-or-lost", "decisions", run.mixedOrLost()));
  }
}
