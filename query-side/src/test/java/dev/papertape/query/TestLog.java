package dev.papertape.query;

import dev.papertape.contracts.DomainEvent;
import dev.papertape.eventstore.append.Fact;
import dev.papertape.eventstore.append.FactJournal;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** Appends events as the engine does. */
public final class TestLog {
  /** What a newer release may have written: a type this one does not know. */
  private static final String UNHEARD =
      """
      INSERT INTO event_log
      SELECT max(position) + 1, 'mystery:1', 0, 'mystery', gen_random_uuid(), max(recorded_at),
             'future.Unheard', '1', '{}', '{}', sha256('') FROM event_log
      """;

  private final FactJournal journal;
  private final DataSource dataSource;

  public TestLog(FactJournal journal, DataSource dataSource) {
    this.journal = journal;
    this.dataSource = dataSource;
  }

  /** Returns the event's position, once it is durable. */
  public long append(String stream, DomainEvent event) {
    Fact fact =
        new Fact(
            stream,
            stream.split(":", 2)[0],
            UUID.randomUUID(),
            event,
            Map.of("actor", "engine", "correlationId", "c1"));
    return journal.append(List.of(fact), null, null).join().last();
  }

  void appendUnheard() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(UNHEARD);
    }
  }
}
