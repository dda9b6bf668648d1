package dev.papertape.eventstore.features;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value, and since when it was known.
 *
 * @param eventTime the moment that it speaks of
 * @param availableAt feed time at which it was computed, not before {@code eventTime}
 * @param epoch of the engine that computed it
 * @param frame number of that engine's newest input
 * @param value finite; null where there is none from then on: what it was made of is not used any
 *     more. Never of a sampled feature
 */
public record FeatureValue(
    FeatureSeries series,
    Instant eventTime,
    Instant availableAt,
    long epoch,
    long frame,
    @Nullable Double value) {}
