package dev.papertape.eventstore.log;

import java.time.Instant;
import java.util.UUID;

/**
 * One row of the log.
 *
 * @param position 1, 2, 3 … without a hole, in commit order over all processes
 * @param stream aggregate identifier or name of a fact stream, for example {@code venue:BINANCE}
 * @param sequence 0, 1, 2 … within the stream
 * @param recordedAt microseconds, never earlier than the row before
 * @param payloadType logical name, for example {@code router.OrderRouted}
 * @param payload canonical JSON
 * @param metadata canonical JSON object
 * @param leafHash 32 bytes, see {@code LeafHash}
 */
public record LoggedEvent(
    long position,
    String stream,
    long sequence,
    String streamType,
    UUID eventId,
    Instant recordedAt,
    String payloadType,
    String payloadRevision,
    byte[] payload,
    byte[] metadata,
    byte[] leafHash) {}
