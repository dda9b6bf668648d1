package dev.papertape.contracts.market;

import org.jspecify.annotations.Nullable;

/**
 * Quality of service of a venue, time-decayed; rates carry a Beta prior, so that no data is neither
 * 0 nor 1.
 *
 * @param uptime share of feed time with a synced book, in [0, 1]
 * @param freshness exp(−age / limit), in [0, 1]
 * @param fillRate share of routed quantity that filled, in [0, 1]
 * @param rejectRate share of legs that expired without any fill, in [0, 1]
 * @param gapRate share of messages that broke a book, in [0, 1]
 * @param latencyP95Ms 95th percentile of intent to fill, null without a sample
 * @param samples legs counted
 */
public record VenueQos(
    double uptime,
    double freshness,
    double fillRate,
    double rejectRate,
    double gapRate,
    @Nullable Double latencyP95Ms,
    long samples) {}
