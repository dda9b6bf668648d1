package dev.papertape.contracts.alpha;

import java.time.Instant;
import java.util.List;

/**
 * The values of one feature that an alpha looked at.
 *
 * @param feature name of the feature, for example {@code mid}
 * @param version of its definition
 * @param points oldest first
 */
public record FeatureWindow(String feature, int version, List<Point> points) {
  /** One value at its event time; decimal text, so that the window's hash is exact. */
  public record Point(Instant at, String value) {}
}
