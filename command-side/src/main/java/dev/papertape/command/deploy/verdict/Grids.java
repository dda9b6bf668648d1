package dev.papertape.command.deploy.verdict;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * Version 1 of the alternatives that the evidence mixes over, each with the same weight, in parts
 * of an SLO's bound. Another choice is as valid and finds other faults sooner; it must be another
 * version, since recorded evidence is computed again with the grids of its version.
 */
final class Grids {
  /** Candidates worse than the bound. */
  private static final double[] ABORT = {1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};

  /** Candidates that deserve promotion, or are at least not far off. */
  private static final double[] PROMOTE = {0.05, 0.1, 0.25, 0.5, 0.75, 1, 1.25};

  /** What the control arm may do … */
  private static final double[] CONTROL = {0.1, 0.25, 0.5, 1, 2, 4};

  /** … and how many times worse the candidate. */
  private static final double[] RATIO = {1.5, 2, 3, 5, 10};

  private Grids() {}

  /** Shares of bad above the bound; never empty, since 1.25 · bound may be but halved to fit. */
  static double[] abort(double bound) {
    double[] shares = below(1, Arrays.stream(ABORT).map(multiple -> multiple * bound));
    return shares.length > 0 ? shares : new double[] {midway(bound)};
  }

  /** Shares of bad below margin · bound. */
  static double[] promote(double bound, double margin) {
    return below(margin * bound, Arrays.stream(PROMOTE).map(multiple -> multiple * bound));
  }

  /** Pairs of shares of bad: control, candidate. */
  static double[][] control(double bound) {
    return Arrays.stream(CONTROL)
        .map(multiple -> multiple * bound)
        .boxed()
        .flatMap(
            control ->
                Arrays.stream(RATIO).mapToObj(ratio -> new double[] {control, ratio * control}))
        .filter(pair -> pair[1] < 1)
        .toArray(double[][]::new);
  }

  private static double[] below(double limit, DoubleStream shares) {
    return shares.filter(share -> share < limit).toArray();
  }

  private static double midway(double bound) {
    return (bound + 1) / 2;
  }
}
