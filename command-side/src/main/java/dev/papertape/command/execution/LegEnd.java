package dev.papertape.command.execution;

import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How an immediate leg fared at its venue: what the venue's quality of service is measured by. Legs
 * that rest are not counted; waiting is not the venue's failure.
 *
 * @param latencyMs from the decision to the fill, null if nothing filled
 */
public record LegEnd(
    Venue venue,
    BigDecimal routed,
    BigDecimal filled,
    @Nullable Long latencyMs,
    Instant feedTime) {}
