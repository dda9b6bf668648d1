package dev.papertape.query;

import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.projection.BatchProjectionProcessor;
import dev.papertape.eventstore.projection.Projections;
import dev.papertape.eventstore.web.ProjectionPositions;
import java.sql.SQLException;
import java.time.Duration;

/** Asks the projections of this process, which know also when they run elsewhere. */
final class RunningProjectionPositions implements ProjectionPositions {
  private final Projections projections;
  private final EventLog log;

  RunningProjectionPositions(Projections projections, EventLog log) {
    this.projections = projections;
    this.log = log;
  }

  @Override
  public boolean awaitPosition(String projection, long position, Duration timeout)
      throws InterruptedException {
    if (projection.equals(LOG)) {
      return log.head() >= position || log.awaitBeyond(position - 1, timeout) >= position;
    }
    BatchProjectionProcessor processor =
        projections
            .find(projection)
            .orElseThrow(() -> new IllegalStateException("no projection " + projection));
    try {
      return processor.awaitPosition(position, timeout);
    } catch (SQLException failed) {
      throw DatabaseFailure.of("waiting for " + projection, failed);
    }
  }
}
