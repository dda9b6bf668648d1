package dev.papertape.eventstore.features;

/**
 * One feature of one symbol at one venue.
 *
 * @param venue {@link #ALL_VENUES} for a feature of all of them
 * @param version of the feature's definition
 * @param isSampled whether it comes once a second, and is kept for days only
 */
public record FeatureSeries(
    String venue, String symbol, String name, int version, boolean isSampled) {
  /** No venue's name: those begin with a letter. */
  public static final String ALL_VENUES = "*";
}
