package dev.papertape.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * One figure.
 *
 * @param metric for example {@code commands-64}
 * @param unit of {@code ours} and {@code peer}, for example {@code commands/s} or {@code ms}
 * @param peer null without a peer
 * @param ratio more than 1 always means that ours is better; null without a peer
 */
public record Result(
    String scenario,
    String metric,
    String unit,
    double ours,
    @Nullable Double peer,
    @Nullable String peerName,
    @Nullable Double ratio) {

  /** A rate or anything else of which more is better. */
  public static Result moreIsBetter(
      String scenario, String metric, String unit, double ours, double peer, String peerName) {
    return new Result(scenario, metric, unit, ours, peer, peerName, ours / peer);
  }

  /** A time or anything else of which less is better. */
  public static Result lessIsBetter(
      String scenario, String metric, String unit, double ours, double peer, String peerName) {
    return new Result(scenario, metric, unit, ours, peer, peerName, peer / ours);
  }

  public static Result alone(String scenario, String metric, String unit, double ours) {
    return new Result(scenario, metric, unit, ours, null, null, null);
  }
}
