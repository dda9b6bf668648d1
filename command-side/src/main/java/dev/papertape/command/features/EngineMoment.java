package dev.papertape.command.features;

import java.time.Instant;

/**
 * Where the engine stands when it computes.
 *
 * @param epoch of its life
 * @param frame number of its newest input
 */
public record EngineMoment(Instant feedTime, long epoch, long frame) {}
