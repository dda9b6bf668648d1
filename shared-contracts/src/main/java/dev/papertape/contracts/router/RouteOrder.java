package dev.papertape.contracts.router;

import dev.papertape.contracts.execution.OrderIntent;
import org.jspecify.annotations.Nullable;

/**
 * Trade on paper: handed to the engine of the process that holds its lease. The reply is a {@link
 * PlacedOrder}: of an IOC order when it is over and durable (or what was reached after two
 * seconds), of a GTC order when its routing is durable.
 *
 * @param actor who asks, for the audit
 * @param idempotencyKey claimed together with the order's first facts; null without one
 * @param bodyHash of the request that came with the key, null without one
 */
public record RouteOrder(
    OrderIntent intent, String actor, @Nullable String idempotencyKey, @Nullable String bodyHash) {}
