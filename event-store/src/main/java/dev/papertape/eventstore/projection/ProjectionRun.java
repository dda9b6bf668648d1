package dev.papertape.eventstore.projection;

import dev.papertape.eventstore.lease.Epoch;
import dev.papertape.eventstore.log.EventLog;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.DeadLetterRows.Parked;
import dev.papertape.eventstore.projection.ProjectionWriter.Displaced;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One projection under one epoch: reads a batch, folds it in memory, writes rows and position in
 * one transaction. Used by one thread. After an exception it must be {@link #open opened} again:
 * memory may be ahead of the rows.
 */
final class ProjectionRun {
  private static final Logger log = LoggerFactory.getLogger(ProjectionRun.class);

  private final Projection projection;
  private final EventLog events;
  private final ReadAhead reading;
  private final DataSource dataSource;
  private final Epoch epoch;
  private final int batchSize;
  private final Set<String> payloadTypes;
  private final PositionRow positionRow;
  private final DeadLetterRows deadLetters;
  private final ProjectionWriter writer;
  private final Set<String> parked = new HashSet<>();
  private Projection.Fold fold = (event, changes) -> {};
  private long position;
  private long replayUntil;

  ProjectionRun(
      Projection projection, EventLog events, DataSource dataSource, Epoch epoch, int batchSize) {
    this.projection = projection;
    this.events = events;
    this.reading = new ReadAhead(events, batchSize);
    this.dataSource = dataSource;
    this.epoch = epoch;
    this.batchSize = batchSize;
    this.payloadTypes = Set.copyOf(projection.payloadTypes());
    this.positionRow = new PositionRow(projection.name());
    this.deadLetters = new DeadLetterRows(projection.name());
    this.writer = new ProjectionWriter(projection, dataSource, epoch, positionRow, deadLetters);
  }

  /**
   * Claims the position for this epoch and loads what folding needs.
   *
   * @return false if a newer epoch has claimed it
   */
  boolean open() throws SQLException {
    long head = events.head();
    try (Connection connection = dataSource.getConnection()) {
      Optional<PositionRow.Stand> stand = positionRow.claim(connection, epoch, head);
      if (stand.isEmpty()) {
        return false;
      }
      position = stand.get().position();
      replayUntil = stand.get().replayUntil();
      parked.clear();
      parked.addAll(deadLetters.parkedStreams(connection));
      fold = projection.open(connection);
      return true;
    }
  }

  long position() {
    return position;
  }

  boolean replaying() {
    return position < replayUntil;
  }

  /**
   * Takes the next batch.
   *
   * @return false if there was nothing to take
   */
  boolean advance() throws SQLException, Displaced {
    List<LoggedEvent> batch = reading.after(position);
    int done = 0;
    while (done < batch.size()) {
      done += take(batch.subList(done, batch.size()));
    }
    return done > 0;
  }

  /** Whether the row stands where this run believes; a reset in any process moves it. */
  boolean undisturbed() throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return positionRow.read(connection).stream().anyMatch(row -> row.position() == position);
    }
  }

  /** Folds the parked streams for which somebody asked once more. */
  void retryWhatWasAsked() throws SQLException, Displaced {
    if (parked.isEmpty()) {
      return;
    }
    Set<String> asked;
    try (Connection connection = dataSource.getConnection()) {
      asked = deadLetters.streamsToRetry(connection);
    }
    for (String stream : asked) {
      retry(stream);
    }
  }

  /**
   * Folds as far as folding works and writes it. The first event that fails is parked in the same
   * transaction; the rest is left to the next call. So a batch is folded twice at most, however
   * many bad events it has.
   *
   * @return how many events are done, at least 1
   */
  private int take(List<LoggedEvent> batch) throws SQLException, Displaced {
    FoldedBatch folded = FoldedBatch.of(batch, fold, payloadTypes, parked);
    int done = folded.count();
    Throwable failure = folded.failure();
    if (failure != null) {
      LoggedEvent bad = batch.get(done);
      log.error(
          "projection '{}' parks stream '{}' from position {} ({})",
          projection.name(),
          bad.stream(),
          bad.position(),
          bad.payloadType(),
          failure);
      folded = foldAgain(batch.subList(0, done), parked);
      folded.letters().add(new Parked(bad, DeadLetterRows.describe(failure), 1));
      parked.add(bad.stream());
      done++;
    }
    long to = batch.get(done - 1).position();
    writer.write(folded.changes(), folded.letters(), position, to);
    position = to;
    return done;
  }

  private void retry(String stream) throws SQLException, Displaced {
    List<LoggedEvent> letters = letters(stream);
    if (letters.isEmpty()) {
      return; // reset meanwhile
    }
    FoldedBatch folded = FoldedBatch.of(letters, fold, payloadTypes, Set.of());
    Throwable failure = folded.failure();
    if (failure == null) {
      long last = letters.getLast().position();
      writer.writeAt(
          position, folded.changes(), connection -> deadLetters.remove(connection, stream, last));
      log.info(
          "projection '{}' folded {} letters of '{}'", projection.name(), letters.size(), stream);
    } else {
      LoggedEvent bad = letters.get(folded.count());
      FoldedBatch good = foldAgain(letters.subList(0, folded.count()), Set.of());
      writer.writeAt(
          position,
          good.changes(),
          connection -> {
            deadLetters.remove(connection, stream, bad.position() - 1);
            deadLetters.failedAgain(
                connection, stream, bad.position(), DeadLetterRows.describe(failure));
          });
    }
    if (letters(stream).isEmpty()) {
      parked.remove(stream);
    }
  }

  /** At most one batch of the stream's letters, as events. */
  private List<LoggedEvent> letters(String stream) throws SQLException {
    List<Long> positions;
    try (Connection connection = dataSource.getConnection()) {
      positions = deadLetters.positions(connection, stream, batchSize);
    }
    return positions.stream().map(at -> events.at(at).orElseThrow()).toList();
  }

  /** Folds what was folded before without a failure, from the state in the tables. */
  private FoldedBatch foldAgain(List<LoggedEvent> batch, Set<String> except) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      fold = projection.open(connection);
    }
    FoldedBatch folded = FoldedBatch.of(batch, fold, payloadTypes, except);
    if (folded.failure() != null) {
      throw new IllegalStateException(
          "projection '" + projection.name() + "' does not fold the same events the same way twice",
          folded.failure());
    }
    return folded;
  }
}
