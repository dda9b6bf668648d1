package dev.papertape.eventstore.heartbeat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * The newest beat of one process.
 *
 * @param role for example {@code standalone}, {@code command-side}
 * @param age since that beat, by the database's clock
 * @param leaseEpochs epochs of the leases that it held then, by name
 * @param stats what its contributors said, by name
 */
public record ProcessBeat(
    String processId,
    String role,
    Instant startedAt,
    Instant beatAt,
    Duration age,
    Map<String, Long> leaseEpochs,
    JsonNode stats) {}
