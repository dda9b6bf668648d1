package dev.papertape.command.chaos;

/**
 * Whether faults may be injected: in dev, or where {@code papertape.chaos.enabled} says so.
 *
 * @param enabled outside there is no proxy, and every request is refused and kept for the audit
 */
public record ChaosMode(boolean enabled) {}
