package dev.papertape.command.chaos;

/**
 * Whether faults may be injected: in dev, or where {@code papertape.chaos.enabled} says so.
 *
 * @param enabled outside there is no proxy, and every request is refused and kept for the audit
 * @param recorded whether a recording is played: there is no transport to disturb
 */
public record ChaosMode(boolean enabled, boolean recorded) {}
