package dev.papertape.query.features;

import dev.papertape.contracts.market.Symbol;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values of one feature of one symbol as they were known at a moment.
 *
 * @param version of a built-in feature's definition, null for one from outside
 * @param asKnownAt only what was known by then
 * @param points newest event time first, then by venue
 */
record FeatureWindowView(
    Symbol symbol,
    String name,
    @Nullable Integer version,
    Window window,
    Instant asKnownAt,
    List<Point> points) {

  /** Event times, both included. */
  record Window(Instant from, Instant to) {}

  /**
   * One value.
   *
   * @param venue null for a feature of all venues and for one from outside
   * @param availableAt since when it is known: feed time of a built-in feature, recorded time of
   *     one from outside
   * @param position where it came up: number of the engine's input of a built-in feature, log
   *     position of one from outside
   */
  record Point(
      @Nullable String venue,
      Instant eventTime,
      Instant availableAt,
      long position,
      double value) {}
}
