package dev.papertape.command.features.parity;

import dev.papertape.contracts.features.FeatureDefinition;
import dev.papertape.contracts.features.FeatureParity;
import dev.papertape.contracts.features.FeatureParity.Divergence;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Counts one feature's comparisons. */
public final class ParityTally {
  private static final Comparator<Divergence> EARLIEST =
      Comparator.comparing(Divergence::eventTime)
          .thenComparing(Divergence::symbol)
          .thenComparing(Divergence::venue, Comparator.nullsFirst(Comparator.naturalOrder()));

  private final FeatureDefinition definition;
  private long equal;
  private long withinTolerance;
  private long mismatched;
  private long missingOnline;
  private long missingBacktest;
  private double relativeDifferences;
  private double largestDifference;
  private @Nullable Divergence first;

  public ParityTally(FeatureDefinition definition) {
    this.definition = definition;
  }

  /**
   * What stood where.
   *
   * @param venue null for a feature of all venues
   */
  public record Place(Symbol symbol, @Nullable Venue venue, Instant eventTime) {}

  /** Both have a value. */
  void compare(Place place, long frame, double online, double backtest) {
    double difference = Math.abs(online - backtest);
    largestDifference = Math.max(largestDifference, difference);
    double magnitude = Math.abs(online) + Math.abs(backtest);
    relativeDifferences += magnitude == 0 ? 0 : 2 * difference / magnitude;
    if (Double.compare(online, backtest) == 0) {
      equal++;
    } else if (definition.isWithinTolerance(online, backtest)) {
      withinTolerance++;
    } else {
      mismatched++;
      diverged(place, frame, online, backtest);
    }
  }

  /**
   * @param backtest null where what it would be made of is lost too
   */
  void missingOnline(Place place, @Nullable Double backtest) {
    missingOnline++;
    diverged(place, null, null, backtest);
  }

  void missingBacktest(Place place, long frame, double online) {
    missingBacktest++;
    diverged(place, frame, online, null);
  }

  private void diverged(
      Place place, @Nullable Long frame, @Nullable Double online, @Nullable Double backtest) {
    Divergence divergence =
        new Divergence(place.symbol(), place.venue(), place.eventTime(), frame, online, backtest);
    if (first == null || EARLIEST.compare(divergence, first) < 0) {
      first = divergence;
    }
  }

  public FeatureParity result() {
    long compared = equal + withinTolerance + mismatched;
    return new FeatureParity(
        definition.name(),
        definition.version(),
        compared,
        equal,
        withinTolerance,
        mismatched,
        missingOnline,
        missingBacktest,
        definition.tolerance(),
        compared == 0 ? null : relativeDifferences / compared,
        compared == 0 ? null : largestDifference,
        first);
  }
}
