package dev.papertape.eventstore.projection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.eventstore.log.LoggedEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A projection whose rows depend on the order and number of folds: per stream a running sum, its
 * number of events and a digest of their order; {@code drop} deletes the row.
 */
final class Counting implements Projection {
  static final String DDL =
      """
      CREATE TABLE counting (
        stream text PRIMARY KEY, sum bigint, events integer, digest numeric, tag text)
      """;
  static final Table TABLE =
      new Table(
          "counting",
          List.of(new Table.Column("stream", "text")),
          List.of(
              new Table.Column("sum", "bigint"),
              new Table.Column("events", "integer"),
              new Table.Column("digest", "numeric"),
              new Table.Column("tag", "text")));

  /** Folding an event with {@code poison} throws while this is on. */
  final AtomicBoolean poisonous = new AtomicBoolean(true);

  final AtomicInteger opened = new AtomicInteger();

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private record Sum(long sum, int events, long digest) {
    Sum plus(long add) {
      return new Sum(sum + add, events + 1, digest * 31 + add);
    }
  }

  @Override
  public String name() {
    return "counting";
  }

  @Override
  public Set<Table> tables() {
    return Set.of(TABLE);
  }

  @Override
  public Set<String> payloadTypes() {
    return Set.of("add", "drop", "poison");
  }

  @Override
  public Fold open(Connection connection) throws SQLException {
    opened.incrementAndGet();
    Map<String, Sum> sums = new HashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT stream, sum, events, digest FROM counting")) {
      while (row.next()) {
        sums.put(row.getString(1), new Sum(row.getLong(2), row.getInt(3), row.getLong(4)));
      }
    }
    return (event, changes) -> fold(sums, event, changes);
  }

  private void fold(Map<String, Sum> sums, LoggedEvent event, Changes changes) {
    switch (event.payloadType()) {
      case "drop" -> {
        sums.remove(event.stream());
        changes.delete(TABLE, List.of(event.stream()));
      }
      default -> {
        JsonNode payload = json(event);
        long add = payload.path("add").asLong();
        Sum sum = sums.getOrDefault(event.stream(), new Sum(0, 0, 7)).plus(add);
        // State and changes are touched before it throws: both have to be thrown away.
        sums.put(event.stream(), sum);
        changes.upsert(
            TABLE,
            List.of(event.stream()),
            java.util.Arrays.asList(
                sum.sum(), sum.events(), sum.digest(), payload.path("tag").textValue()));
        if (event.payloadType().equals("poison") && poisonous.get()) {
          throw new IllegalStateException("poisoned by " + add);
        }
      }
    }
  }

  private static JsonNode json(LoggedEvent event) {
    try {
      return MAPPER.readTree(event.payload());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
