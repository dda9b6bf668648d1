package dev.papertape.command.regime;

import static dev.papertape.command.regime.VolatilityModel.STATES;

import org.jspecify.annotations.Nullable;

/**
 * Fits a {@link VolatilityModel} by expectation and maximisation (Baum, Petrie, Soules and Weiss
 * 1970; scaled as by Rabiner 1989): each step makes the returns at least as likely as before.
 * Begins at a fixed point of the parameter space, so the same returns give the same model.
 */
final class BaumWelch {
  /** Begin: variances in units of the mean square, and how likely a state is to stay. */
  private static final double[] BEGIN = {0.35, 1, 4};

  private static final double STAY = 0.94;

  /** No state becomes a spike on returns of 0: smallest variance by the mean square. */
  private static final double FLOOR = 1e-4;

  /** A state that is hardly ever visited keeps what it had. */
  private static final double UNVISITED = 1e-9;

  private final double[] returns;
  private final double floor;
  private final double[] density;
  private final double[] forward;
  private final double[] scale;
  private VolatilityModel model;

  private BaumWelch(double[] returns, double meanSquare) {
    this.returns = returns;
    this.floor = FLOOR * meanSquare;
    this.density = new double[returns.length * STATES];
    this.forward = new double[returns.length * STATES];
    this.scale = new double[returns.length];
    this.model = begin(meanSquare);
  }

  /** Null for returns that have no volatility. */
  static @Nullable BaumWelch over(double[] returns) {
    double squares = 0;
    for (double each : returns) {
      squares += each * each;
    }
    double meanSquare = squares / returns.length;
    return meanSquare > 0 && Double.isFinite(meanSquare)
        ? new BaumWelch(returns, meanSquare)
        : null;
  }

  private static VolatilityModel begin(double meanSquare) {
    double[] variances = new double[STATES];
    double[][] transitions = new double[STATES][STATES];
    double[] initial = new double[STATES];
    for (int i = 0; i < STATES; i++) {
      variances[i] = BEGIN[i] * meanSquare;
      initial[i] = 1.0 / STATES;
      for (int j = 0; j < STATES; j++) {
        transitions[i][j] = i == j ? STAY : (1 - STAY) / (STATES - 1);
      }
    }
    return new VolatilityModel(variances, transitions, initial);
  }

  VolatilityModel model() {
    return model;
  }

  /**
   * Steps until one gains less than {@code gain} in log-likelihood, at most {@code most}.
   *
   * @return the model
   */
  VolatilityModel fit(int most, double gain) {
    double before = Double.NEGATIVE_INFINITY;
    for (int n = 0; n < most; n++) {
      double now = step();
      if (now - before < gain) {
        break;
      }
      before = now;
    }
    return model;
  }

  /**
   * One step.
   *
   * @return log-likelihood of the returns under the model before it, up to a constant
   */
  double step() {
    double likelihood = goForward();
    double[] after = {1, 1, 1};
    double[] weighted = new double[STATES];
    double[] visits = new double[STATES];
    double[] departures = new double[STATES];
    double[] squares = new double[STATES];
    double[][] moves = new double[STATES][STATES];
    double[] initial = new double[STATES];
    for (int t = returns.length - 1; t >= 0; t--) {
      double square = returns[t] * returns[t];
      for (int i = 0; i < STATES; i++) {
        double here = forward[t * STATES + i] * after[i];
        visits[i] += here;
        squares[i] += here * square;
        departures[i] += t < returns.length - 1 ? here : 0;
        initial[i] = here;
      }
      if (t > 0) {
        goBack(t, after, weighted, moves);
      }
    }
    model = maximise(visits, departures, squares, moves, initial);
    return likelihood;
  }

  /** Forward probabilities, each step scaled to add up to 1. */
  private double goForward() {
    double likelihood = 0;
    for (int t = 0; t < returns.length; t++) {
      int at = t * STATES;
      double divided = model.densities(returns[t], density, at);
      double sum = 0;
      for (int j = 0; j < STATES; j++) {
        double predicted = 0;
        for (int i = 0; i < STATES && t > 0; i++) {
          predicted += forward[at - STATES + i] * model.transition(i, j);
        }
        forward[at + j] = (t == 0 ? model.initial(j) : predicted) * density[at + j];
        sum += forward[at + j];
      }
      scale[t] = Math.max(sum, Double.MIN_NORMAL);
      for (int j = 0; j < STATES; j++) {
        forward[at + j] /= scale[t];
      }
      likelihood += divided + StrictMath.log(scale[t]);
    }
    return likelihood;
  }

  /** From the backward values at {@code t} to those at {@code t − 1}; counts the moves between. */
  private void goBack(int t, double[] after, double[] weighted, double[][] moves) {
    int at = t * STATES;
    for (int j = 0; j < STATES; j++) {
      weighted[j] = density[at + j] * after[j] / scale[t];
    }
    for (int i = 0; i < STATES; i++) {
      double sum = 0;
      for (int j = 0; j < STATES; j++) {
        double move = model.transition(i, j) * weighted[j];
        moves[i][j] += forward[at - STATES + i] * move;
        sum += move;
      }
      after[i] = sum;
    }
  }

  private VolatilityModel maximise(
      double[] visits, double[] departures, double[] squares, double[][] moves, double[] initial) {
    double[] variances = new double[STATES];
    double first = initial[0] + initial[1] + initial[2];
    for (int i = 0; i < STATES; i++) {
      // Between the floor and its optimum the expected likelihood only rises: still no step back.
      variances[i] =
          visits[i] > UNVISITED ? Math.max(floor, squares[i] / visits[i]) : model.variance(i);
      initial[i] /= first;
      double left = moves[i][0] + moves[i][1] + moves[i][2];
      for (int j = 0; j < STATES; j++) {
        moves[i][j] = departures[i] > UNVISITED ? moves[i][j] / left : model.transition(i, j);
      }
    }
    return new VolatilityModel(variances, moves, initial);
  }
}
