package dev.papertape.command.router;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rate whose observations lose half their weight every half-life of feed time, with a Beta prior
 * that counts as {@code priorHits} in {@code priorTotal} observations: no data is neither 0 nor 1.
 */
final class DecayedRate {
  private double halfLifeMs;
  private final double priorHits;
  private final double priorTotal;
  private double hits;
  private double total;
  private @Nullable Instant newest;

  DecayedRate(double halfLifeMs, double priorHits, double priorTotal) {
    this.halfLifeMs = halfLifeMs;
    this.priorHits = priorHits;
    this.priorTotal = priorTotal;
  }

  /** What comes from now on fades at this pace; what was weighed before stays as it was. */
  void fade(double newHalfLifeMs) {
    halfLifeMs = newHalfLifeMs;
  }

  /** Adds {@code observed} of which {@code hit} were hits; both may be fractions of one. */
  void observe(double hit, double observed, Instant feedTime) {
    if (newest != null) {
      double halvings = Duration.between(newest, feedTime).toMillis() / halfLifeMs;
      double weight = StrictMath.pow(2, -Math.max(0, halvings));
      hits *= weight;
      total *= weight;
    }
    newest = feedTime;
    hits += hit;
    total += observed;
  }

  /** In (0, 1). */
  double value() {
    return (hits + priorHits) / (total + priorTotal);
  }
}
