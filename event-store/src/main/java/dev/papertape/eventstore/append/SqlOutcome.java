package dev.papertape.eventstore.append;

import java.sql.SQLException;

/** What a failed statement says about its transaction. */
enum SqlOutcome {
  /** The server refused a row that stands already; nothing is committed. */
  UNIQUE_VIOLATION,
  /** The server refused; nothing is committed. */
  REFUSED,
  /** The connection is gone: nothing is committed unless COMMIT had been sent. */
  CONNECTION_LOST;

  static SqlOutcome of(SQLException exception) {
    String state = exception.getSQLState();
    if (state == null || state.startsWith("08")) {
      return CONNECTION_LOST;
    }
    return switch (state) {
      case "23505" -> UNIQUE_VIOLATION;
      // Shutdowns, terminated backends and sessions that the server ended for idling: FATAL all.
      case "57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04" -> CONNECTION_LOST;
      default -> REFUSED;
    };
  }
}
