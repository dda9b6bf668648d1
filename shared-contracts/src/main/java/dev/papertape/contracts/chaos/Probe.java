package dev.papertape.contracts.chaos;

import org.jspecify.annotations.Nullable;

/**
 * One figure of the steady state.
 *
 * @param name for example {@code ENGINE_LAG_MS}
 * @param value as measured, null when it could not be
 * @param limit the value at most, or for books in order: at least
 * @param held whether it was within its limit
 */
public record Probe(String name, @Nullable Double value, double limit, boolean held) {}
