package dev.papertape.query.report;

import dev.papertape.eventstore.web.Positioned;
import dev.papertape.eventstore.web.QueryReader;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/health}: 200 when UP or DEGRADED, 503 with the same body when DOWN. It answers
 * within two seconds whatever the database does: one whose processes stand still keeps its
 * connections open and says nothing, on which a query would wait for ever.
 */
@RestController
final class HealthController {
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final Duration LONGEST_ASK = Duration.ofSeconds(30);
  private static final String SILENT =
      "the database does not answer within " + DEADLINE.toSeconds() + " s";

  private final HealthExamination examination;
  private final HealthProbe<Positioned<Health>> probe;

  HealthController(HealthExamination examination) {
    this.examination = examination;
    this.probe = new HealthProbe<>(examination::examine, DEADLINE, LONGEST_ASK);
  }

  @GetMapping("/api/health")
  ResponseEntity<Positioned<Health>> health(QueryReader query) throws InterruptedException {
    query.done();
    try {
      return ResponseEntity.ok(probe.ask());
    } catch (TimeoutException silent) {
      return down(SILENT);
    } catch (ExecutionException away) {
      return down(reason(Objects.requireNonNullElse(away.getCause(), away)));
    }
  }

  /** The pool waits as long as the probe does: whichever is first, it is the same thing. */
  private static String reason(Throwable failure) {
    return failure instanceof SQLTransientConnectionException
        ? SILENT
        : "the database does not answer: " + failure.getMessage();
  }

  private ResponseEntity<Positioned<Health>> down(String reason) {
    return ResponseEntity.status(503).body(examination.down(reason));
  }
}
