package dev.papertape.command.features.parity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value as the engine put it.
 *
 * @param value null where it took the value back
 */
public record OnlineValue(
    Instant eventTime, Instant availableAt, long frame, @Nullable Double value) {}
