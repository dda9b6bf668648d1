package dev.papertape.benchmarks.router;

import dev.papertape.benchmarks.Result;
import dev.papertape.benchmarks.Scenario;
import dev.papertape.benchmarks.router.RoutingCases.Case;
import dev.papertape.command.router.Router;
import dev.papertape.contracts.router.RoutingContext;
import dev.papertape.contracts.router.RoutingDecision;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Metric {@code decisions-recorded}: see {@link RecordedDecisions}. Metric {@code decide}:
 * microseconds from live books to a decision (the context recorded, three venues of 50 levels
 * gated, costed and split), median of rounds that alternate with the peer's.
 */
public final class RouterScenario implements Scenario {
  private static final long SEED = 20240808;
  private static final int ROUNDS = 7;
  private static final double NANOS_PER_MICRO = 1e3;

  @Override
  public String name() {
    return "router";
  }

  @Override
  public Stream<Result> run(Options options) {
    Stream<Supplier<Result>> metrics =
        Stream.of(
            () -> decide("decide", options),
            () ->
                Result.alone(
                    name(),
                    "decisions-recorded",
                    "decisions/s",
                    RecordedDecisions.perSecond(options.quick())));
    return metrics.map(Supplier::get);
  }

  private Result decide(String metric, Options options) {
    List<Case> cases = RoutingCases.seeded(SEED);
    requireEqualDecisions(cases);
    long roundNanos = options.quick() ? 50_000_000L : 1_000_000_000L;
    Function<RoutingContext, RoutingDecision> ours =
        context -> Router.decide(context, RoutingCases.POLICY);
    Function<RoutingContext, RoutingDecision> peer =
        context -> DecimalRouter.decide(context, RoutingCases.POLICY);
    double[] oursMicros = new double[ROUNDS];
    double[] peerMicros = new double[ROUNDS];
    // The first two rounds of each are the warm-up.
    for (int round = -2; round < ROUNDS; round++) {
      double ourRound = microsEach(cases, ours, roundNanos);
      double peerRound = microsEach(cases, peer, roundNanos);
      if (round >= 0) {
        oursMicros[round] = ourRound;
        peerMicros[round] = peerRound;
      }
    }
    return Result.lessIsBetter(
        name(), metric, "µs", median(oursMicros), median(peerMicros), "BigDecimal router");
  }

  private static double microsEach(
      List<Case> cases, Function<RoutingContext, RoutingDecision> router, long atLeastNanos) {
    long decisions = 0;
    long legs = 0;
    long start = System.nanoTime();
    long elapsed;
    do {
      for (Case each : cases) {
        legs += router.apply(each.context()).legs().size();
      }
      decisions += cases.size();
      elapsed = System.nanoTime() - start;
    } while (elapsed < atLeastNanos);
    if (legs < decisions) {
      throw new IllegalStateException("every case is routable");
    }
    return elapsed / NANOS_PER_MICRO / decisions;
  }

  /** Both must decide alike, or their times say nothing. */
  static void requireEqualDecisions(List<Case> cases) {
    for (Case each : cases) {
      RoutingContext context = each.context();
      RoutingDecision ours = Router.decide(context, RoutingCases.POLICY);
      RoutingDecision peer = DecimalRouter.decide(context, RoutingCases.POLICY);
      if (!ours.equals(peer)) {
        throw new IllegalStateException(
            "the peer decided otherwise on " + each.intent() + ": " + ours + " / " + peer);
      }
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
