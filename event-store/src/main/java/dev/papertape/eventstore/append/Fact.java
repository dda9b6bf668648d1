package dev.papertape.eventstore.append;

import java.util.Map;
import java.util.UUID;

/**
 * An event to append to a named stream; its sequence is assigned under the append lock.
 *
 * @param stream for example {@code order:<orderId>}
 * @param streamType for example {@code order}
 * @param eventId unique; the engine derives it, so a repeated append is noticed
 * @param payload a registered event
 * @param metadata correlationId, causationId, actor, release …
 */
public record Fact(
    String stream, String streamType, UUID eventId, Object payload, Map<String, String> metadata) {}
