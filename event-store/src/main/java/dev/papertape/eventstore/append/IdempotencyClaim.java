package dev.papertape.eventstore.append;

import org.jspecify.annotations.Nullable;

/**
 * Written in the same transaction as the events; a second claim of the key fails the unit of work.
 *
 * @param key the caller's key together with the route it was sent to
 * @param bodyHash hex SHA-256 of the canonical body
 * @param subject what the command made or changed, for example an order id
 * @param reply canonical JSON of the reply, null when it is known only later
 */
public record IdempotencyClaim(
    String key, String bodyHash, String subject, byte @Nullable [] reply) {}
