package dev.papertape.command.features.parity;

import dev.papertape.contracts.market.Bar;
import java.time.Instant;

/**
 * What was known of one minute from a moment on, until a later one of the same minute.
 *
 * @param knownAt receive time of the input that told it
 * @param isUsable whether it had passed its guards; a quarantined bar is not there
 */
public record KnownBar(Bar bar, Instant knownAt, boolean isUsable) {}
