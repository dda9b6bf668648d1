package dev.papertape.eventstore.projection;

import org.jspecify.annotations.Nullable;

/**
 * @param position of the newest event that the rows reflect
 * @param lag events behind the head of the log
 * @param deadLetters events that wait unfolded
 * @param reason why it is DEGRADED, null otherwise
 */
public record ProjectionStatus(
    String name,
    long position,
    long lag,
    ProjectionState state,
    long deadLetters,
    @Nullable String reason) {}
