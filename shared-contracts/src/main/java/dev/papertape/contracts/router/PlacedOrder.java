package dev.papertape.contracts.router;

import dev.papertape.contracts.execution.OrderView;
import java.time.Instant;

/**
 * An order as far as it is durable.
 *
 * @param position log position of its newest event
 * @param recordedAt that event's recorded time
 */
public record PlacedOrder(OrderView order, long position, Instant recordedAt) {}
