package dev.papertape.query.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.papertape.contracts.DomainEvent;
import dev.papertape.contracts.audit.Provenance;
import dev.papertape.contracts.execution.ExecutionEvent;
import dev.papertape.contracts.router.RouterEvent;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.web.ProjectionPositions;
import dev.papertape.eventstore.web.QueryReader;
import dev.papertape.eventstore.web.ReadsProjection;
import dev.papertape.query.EventJson;
import dev.papertape.query.Paged;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/audit/latest}: the log itself, a bare array, newest first. */
@RestController
final class AuditController {
  private final EventLog log;
  private final EventJson json;

  AuditController(EventLog log, EventJson json) {
    this.log = log;
    this.json = json;
  }

  @Paged
  @GetMapping("/api/audit/latest")
  @ReadsProjection(ProjectionPositions.LOG)
  List<AuditEntry> latest(QueryReader query) {
    int limit = query.limit();
    long before = query.before();
    query.done();
    return log.before(before, limit).stream().map(this::entry).toList();
  }

  private AuditEntry entry(LoggedEvent logged) {
    int dot = logged.payloadType().indexOf('.');
    Optional<DomainEvent> event = json.find(logged);
    JsonNode metadata = json.metadata(logged);
    return new AuditEntry(
        logged.position(),
        logged.recordedAt(),
        logged.payloadType().substring(dot + 1),
        logged.payloadType().substring(0, Math.max(0, dot)),
        logged.stream(),
        text(metadata, "actor"),
        text(metadata, "correlationId"),
        text(metadata, "causationId"),
        event
            .map(EventSummary::of)
            .orElse(logged.payloadType() + ", which this release does not know"),
        event.map(AuditController::provenance).orElse(null),
        HexFormat.of().formatHex(logged.leafHash()));
  }

  private static @Nullable Provenance provenance(DomainEvent event) {
    return switch (event) {
      case RouterEvent decided -> decided.provenance();
      case ExecutionEvent.OrderBlocked blocked -> blocked.provenance();
      default -> null;
    };
  }

  private static @Nullable String text(JsonNode metadata, String name) {
    return metadata.path(name).textValue();
  }
}
