package dev.papertape.query.audit;

import dev.papertape.contracts.audit.Provenance;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One event of the log in words.
 *
 * @param type for example {@code OrderRouted}
 * @param subject the event's stream, for example {@code order:<orderId>}
 * @param actor principal or engine part, null where the event carries none
 * @param provenance null when the event is no decision
 * @param leafHash lower-case hex SHA-256
 */
record AuditEntry(
    long position,
    Instant recordedAt,
    String type,
    String context,
    String subject,
    @Nullable String actor,
    @Nullable String correlationId,
    @Nullable String causationId,
    String summary,
    @Nullable Provenance provenance,
    String leafHash) {}
