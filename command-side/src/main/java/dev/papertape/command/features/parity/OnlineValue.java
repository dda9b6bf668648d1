package dev.papertape.command.features.parity;

import java.time.Instant;

/** A value as the engine put it. */
public record OnlineValue(Instant eventTime, Instant availableAt, long frame, double value) {}
