package dev.papertape.contracts.quality;

import java.time.Instant;

/**
 * A quarantined record that shares its event with others of its kind: its place and its hash.
 *
 * @param payloadSha256 of the whole raw record, hex
 */
public record NamedRecord(long frame, Instant receivedAt, String payloadSha256) {}
