package dev.papertape.benchmarks.eventstore;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.papertape.benchmarks.eventstore.counter.CounterIncremented;
import dev.papertape.eventstore.log.LoggedEvent;
import dev.papertape.eventstore.projection.Changes;
import dev.papertape.eventstore.projection.Projection;
import dev.papertape.eventstore.projection.Table;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.util.List;
import java.util.Set;

/** Our projection: reads the payload as the peer's handler gets it, and writes it as one row. */
final class RowPerEvent implements Projection {
  private static final Table TABLE =
      new Table(
          "rows_of_ours",
          List.of(new Table.Column("position", "bigint")),
          List.of(
              new Table.Column("counter", "text"),
              new Table.Column("amount", "bigint"),
              new Table.Column("total", "bigint"),
              new Table.Column("note", "text")));

  private final ObjectReader reader = new ObjectMapper().readerFor(CounterIncremented.class);

  @Override
  public String name() {
    return "row-per-event";
  }

  @Override
  public Set<Table> tables() {
    return Set.of(TABLE);
  }

  @Override
  public Set<String> payloadTypes() {
    return Set.of("bench.CounterIncremented");
  }

  @Override
  public Fold open(Connection connection) {
    return this::fold;
  }

  private void fold(LoggedEvent logged, Changes changes) {
    try {
      CounterIncremented event = reader.readValue(logged.payload());
      changes.upsert(
          TABLE,
          List.of(logged.position()),
          List.of(event.counterId(), event.amount(), event.total(), event.note()));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
