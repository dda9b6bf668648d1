package dev.papertape.eventstore.projection;

import dev.papertape.eventstore.log.LoggedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * A read model: folds events into row changes. One thread and one position per projection; runs in
 * the process that holds the projection's lease.
 */
public interface Projection {
  /** Stable name; also names its lease, its position row and its metrics. */
  String name();

  /** Tables that this projection owns and nobody else writes. */
  Set<Table> tables();

  /** Logical names of the payload types it folds; others only move its position. */
  Set<String> payloadTypes();

  /**
   * Loads what folding needs from the projection's own tables. Called at start, after a take-over
   * and after a failed fold or write.
   */
  Fold open(Connection connection) throws SQLException;

  /** The folding state between two batches. */
  interface Fold {
    /**
     * Folds one event: no I/O, no clock. Throwing parks the event and its stream's later events;
     * the rest goes on.
     */
    void apply(LoggedEvent event, Changes changes);
  }
}
