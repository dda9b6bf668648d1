package dev.papertape.eventstore.projection;

import java.time.Instant;

/**
 * An event that a projection has not folded, because folding it failed or because an earlier event
 * of its stream waits here.
 *
 * @param cause what the fold threw, or which position it waits for
 * @param attempts how often folding it was tried, 0 for one that only waits
 */
public record DeadLetter(
    String projection,
    String stream,
    long sequence,
    long position,
    String payloadType,
    String cause,
    Instant parkedAt,
    int attempts) {}
