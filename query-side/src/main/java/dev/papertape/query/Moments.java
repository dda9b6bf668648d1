package dev.papertape.query;

import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.web.AsOf;
import dev.papertape.eventstore.web.Problem;
import dev.papertape.eventstore.web.ProblemKind;
import dev.papertape.eventstore.web.ProjectionPositions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.springframework.stereotype.Component;

/** Finds the log position that {@code asOf} names, and waits until a projection has folded it. */
@Component
public final class Moments {
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(2);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  private final EventLog log;
  private final ProjectionPositions projections;
  private final Clock clock;

  Moments(EventLog log, ProjectionPositions projections, Clock clock) {
    this.log = log;
    this.projections = projections;
    this.clock = clock;
  }

  /**
   * @throws dev.papertape.eventstore.web.ProblemException 400 for a moment that has not come yet,
   *     503 when the projection does not get there in 2 s
   */
  long position(AsOf asOf, String projection) {
    long position =
        switch (asOf) {
          case AsOf.Position(long asked) -> known(asked);
          case AsOf.Time(Instant time) -> newestUntil(time);
        };
    try {
      if (!projections.awaitPosition(projection, position, LONGEST_WAIT)) {
        throw Problem.retryLater(
                ProblemKind.POSITION_NOT_REACHED,
                projection + " has not reached position " + position + " yet",
                RETRY_AFTER)
            .asException();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw Problem.retryLater(ProblemKind.UNAVAILABLE, "the server is stopping", RETRY_AFTER)
          .asException();
    }
    return position;
  }

  private long known(long asked) {
    long head = log.head();
    if (asked > head) {
      throw Problem.parameter(
              "asOf",
              "OUT_OF_RANGE",
              "must not be beyond the newest position, " + head,
              Long.toString(asked))
          .asException();
    }
    return asked;
  }

  /** Recorded times are whole microseconds. */
  private long newestUntil(Instant time) {
    if (time.isAfter(clock.instant())) {
      throw Problem.parameter("asOf", "OUT_OF_RANGE", "must not lie in the future", time.toString())
          .asException();
    }
    return log.lastBefore(time.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS));
  }
}
