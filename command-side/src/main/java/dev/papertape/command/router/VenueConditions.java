package dev.papertape.command.router;

import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of a venue apart from its book, at the moment of a decision.
 *
 * @param latencyP95Ms 95th percentile of the order's way, in ms
 * @param fillProbability in [0, 1]
 * @param rejectRate in [0, 1]
 * @param score of its quality of service, in [0, 1]
 * @param closedBy {@link Gate#BREAKER_OPEN} or {@link Gate#BUDGET_EXHAUSTED}, null when it may be
 *     used
 */
public record VenueConditions(
    double latencyP95Ms,
    double fillProbability,
    double rejectRate,
    double score,
    @Nullable Gate closedBy) {}
