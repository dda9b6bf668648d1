package dev.papertape.query.report;

import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.web.ProjectionPositions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The reports of a whole log, however long the run was: what a backtest prints at its end. */
@Component
public final class RunReports {
  private static final Duration STEP = Duration.ofSeconds(2);

  private final AlphaPnlController alphaPnl;
  private final RiskController risk;
  private final ProjectionPositions positions;
  private final EventLog log;

  RunReports(
      AlphaPnlController alphaPnl,
      RiskController risk,
      ProjectionPositions positions,
      EventLog log) {
    this.alphaPnl = alphaPnl;
    this.risk = risk;
    this.positions = positions;
    this.log = log;
  }

  /** As the routes give them. */
  public record Reports(Object alphaPnl, Object risk) {}

  /**
   * Waits until everything in the log is in the reports.
   *
   * @param from feed time of the run's first input
   * @param to feed time of its last one
   */
  public Reports over(Instant from, Instant to) throws InterruptedException {
    long head = log.head();
    awaitAll(ReportProjection.NAME, head);
    ReportWindow window = ReportWindow.covering(from, to);
    return new Reports(
        alphaPnl.over(window, Optional.empty()).body(), risk.over(window, Optional.empty()).body());
  }

  private void awaitAll(String projection, long head) throws InterruptedException {
    boolean isThere = positions.awaitPosition(projection, head, STEP);
    while (!isThere) {
      isThere = positions.awaitPosition(projection, head, STEP);
    }
  }
}
