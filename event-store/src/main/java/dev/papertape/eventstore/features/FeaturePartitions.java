package dev.papertape.eventstore.features;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes partitions of a table by UTC days or months as they are needed. Thread-safe. */
final class FeaturePartitions {
  /** Serialises making and dropping over all processes; any number will do. */
  private static final long LOCK = 0x70617065_66656174L;

  private final String table;
  private final boolean monthly;
  private final Set<LocalDate> made = ConcurrentHashMap.newKeySet();

  private FeaturePartitions(String table, boolean monthly) {
    this.table = table;
    this.monthly = monthly;
  }

  static FeaturePartitions daily(String table) {
    return new FeaturePartitions(table, false);
  }

  static FeaturePartitions monthly(String table) {
    return new FeaturePartitions(table, true);
  }

  /** Makes those that are missing, in the connection's transaction or in one of their own. */
  void make(Connection connection, Iterable<Instant> times) throws SQLException {
    for (Instant time : times) {
      LocalDate first = first(time);
      if (!made.contains(first)) {
        make(connection, first);
      }
    }
  }

  /** To be called once the transaction that made them is durable. */
  void remember(Iterable<Instant> times) {
    times.forEach(time -> made.add(first(time)));
  }

  private void make(Connection connection, LocalDate first) throws SQLException {
    LocalDate next = monthly ? first.plusMonths(1) : first.plusDays(1);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      statement.execute(
          "CREATE TABLE IF NOT EXISTS %s PARTITION OF %s FOR VALUES FROM ('%sT00:00:00Z') TO ('%sT00:00:00Z')"
              .formatted(partition(first), table, first, next));
    }
  }

  /**
   * Drops the partitions that end before {@code oldest}.
   *
   * @return how many
   */
  int dropBefore(Connection connection, Instant oldest) throws SQLException {
    LocalDate kept = first(oldest);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
      List<String> old = new ArrayList<>();
      try (ResultSet row =
          statement.executeQuery(
              "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = '%s'::regclass"
                  .formatted(table))) {
        while (row.next()) {
          // Names of one table's partitions sort as their days do.
          if (row.getString(1).compareTo(partition(kept)) < 0) {
            old.add(row.getString(1));
          }
        }
      }
      for (String partition : old) {
        statement.execute("DROP TABLE " + partition);
      }
      made.removeIf(first -> first.isBefore(kept));
      return old.size();
    }
  }

  private String partition(LocalDate first) {
    return table + "_" + first.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  private LocalDate first(Instant time) {
    LocalDate day = LocalDate.ofInstant(time, ZoneOffset.UTC);
    return monthly ? day.withDayOfMonth(1) : day;
  }
}
