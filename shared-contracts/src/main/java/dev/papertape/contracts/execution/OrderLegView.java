package dev.papertape.contracts.execution;

import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A part of an order at one venue.
 *
 * @param quantity base units sent there
 * @param limit worst price the leg may pay, null for none
 * @param filledQuantity base units filled so far
 * @param expiredReason why the rest of it will not fill, null while it may or when nothing is left
 */
public record OrderLegView(
    Venue venue,
    BigDecimal quantity,
    @Nullable BigDecimal limit,
    BigDecimal filledQuantity,
    @Nullable String expiredReason) {}
