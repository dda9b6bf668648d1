package dev.papertape.eventstore.append;

import java.time.Instant;

/** Where a unit of work landed: positions {@code first} to {@code last}, both included. */
public record Appended(long first, long last, Instant recordedAt) {}
