package dev.papertape.contracts.report;

import java.util.Random;

/**
 * What each player brought to a game (Shapley 1953): the mean over all orders of arrival of what
 * the coalition is worth with it less without. A coalition is a bit set of players: bit i is player
 * i.
 */
public final class Shapley {
  /** Most players for whom every coalition is looked at: 4,096 of them. */
  public static final int EXACT_PLAYERS = 12;

  private Shapley() {}

  /** What coalitions are worth. */
  @FunctionalInterface
  public interface Game {
    /**
     * @param coalition bit set of players
     */
    double value(long coalition);
  }

  /**
   * @param values by player
   * @param standardErrors by player; 0 where the values are exact
   * @param permutations sampled, 0 when exact
   */
  @SuppressWarnings("ArrayRecordComponent") // a result that is read once, not compared
  public record Values(double[] values, double[] standardErrors, int permutations) {}

  /** Exact; asks for the value of each of the 2ⁿ coalitions once. */
  public static double[] exact(int players, Game game) {
    if (players < 0 || players > EXACT_PLAYERS) {
      throw new IllegalArgumentException(players + " players are too many to be exact");
    }
    double[] worth = new double[1 << players];
    for (int coalition = 0; coalition < worth.length; coalition++) {
      worth[coalition] = game.value(coalition);
    }
    return exact(players, worth);
  }

  /**
   * @param worth by coalition, 2ⁿ of them
   */
  public static double[] exact(int players, double[] worth) {
    double[] weights = weights(players);
    double[] values = new double[players];
    for (int coalition = 0; coalition < worth.length; coalition++) {
      double weight = weights[Integer.bitCount(coalition)];
      for (int player = 0; player < players; player++) {
        int with = coalition | 1 << player;
        if (with != coalition) {
          values[player] += weight * (worth[with] - worth[coalition]);
        }
      }
    }
    return values;
  }

  /**
   * |S|! (n − |S| − 1)! / n! by |S|: how often exactly the coalition S is there when a player
   * arrives.
   */
  public static double[] weights(int players) {
    double[] weights = new double[players + 1];
    double weight = 1.0 / Math.max(players, 1);
    for (int size = 0; size < players; size++) {
      weights[size] = weight;
      weight = weight * (size + 1) / Math.max(players - size - 1, 1);
    }
    return weights;
  }

  /**
   * Estimated from seeded random orders, each with its reverse (antithetic: Mitchell et al. 2022);
   * still adds up to the worth of all, whatever the sample.
   *
   * @param players at most 63
   * @param pairs of an order and its reverse, &ge; 2; the standard error is that of the pairs'
   *     means
   */
  public static Values sampled(int players, int pairs, long seed, Game game) {
    if (players < 1 || players > 63 || pairs < 2) {
      throw new IllegalArgumentException(players + " players, " + pairs + " pairs of orders");
    }
    Random random = new Random(seed);
    int[] order = new int[players];
    for (int i = 0; i < players; i++) {
      order[i] = i;
    }
    double[] mean = new double[players];
    double[] squares = new double[players];
    for (int pair = 1; pair <= pairs; pair++) {
      shuffle(order, random);
      double[] marginals = new double[players];
      arrive(order, false, game, marginals);
      arrive(order, true, game, marginals);
      for (int player = 0; player < players; player++) {
        double delta = marginals[player] / 2 - mean[player];
        mean[player] += delta / pair;
        squares[player] += delta * (marginals[player] / 2 - mean[player]);
      }
    }
    double[] errors = new double[players];
    for (int player = 0; player < players; player++) {
      errors[player] = Math.sqrt(squares[player] / (pairs - 1) / pairs);
    }
    return new Values(mean, errors, 2 * pairs);
  }

  private static void arrive(int[] order, boolean reversed, Game game, double[] marginals) {
    long coalition = 0;
    double before = game.value(0);
    for (int i = 0; i < order.length; i++) {
      int player = order[reversed ? order.length - 1 - i : i];
      coalition |= 1L << player;
      double after = game.value(coalition);
      marginals[player] += after - before;
      before = after;
    }
  }

  /** Fisher and Yates. */
  private static void shuffle(int[] order, Random random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = order[i];
      order[i] = order[j];
      order[j] = kept;
    }
  }
}
