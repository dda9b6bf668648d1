package dev.papertape.eventstore.market;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes the month's partition before its first candle. Attached rather than created in place:
 * {@code CREATE TABLE … PARTITION OF} would lock every reader of {@code candle} out meanwhile. Two
 * processes take turns, by an advisory lock of the transaction. Thread-safe.
 */
final class CandlePartitions {
  /** Any number will do; see {@link dev.papertape.eventstore.SchemaMigrations} for another. */
  private static final long LOCK = 0x63616E646C657321L;

  private static final YearMonth FIRST = YearMonth.of(2009, 1);
  private static final YearMonth AFTER_LAST = YearMonth.of(2100, 1);

  private final Set<YearMonth> known = ConcurrentHashMap.newKeySet();

  /** Months without a partition yet, of those that get one. */
  Set<YearMonth> missing(Collection<Instant> openTimes) {
    Set<YearMonth> months = new TreeSet<>();
    for (Instant time : openTimes) {
      if (!time.isBefore(start(FIRST)) && time.isBefore(start(AFTER_LAST))) {
        months.add(YearMonth.from(time.atOffset(ZoneOffset.UTC)));
      }
    }
    months.removeAll(known);
    return months;
  }

  /** In a transaction of its own, so that the lock is short; {@link #made} after its commit. */
  void make(Connection connection, Set<YearMonth> months) throws SQLException {
    try (PreparedStatement lock = connection.prepareStatement("SELECT pg_advisory_xact_lock(?)")) {
      lock.setLong(1, LOCK);
      lock.execute();
    }
    for (YearMonth month : months) {
      if (!exists(connection, name(month))) {
        create(connection, month);
      }
    }
  }

  void made(Set<YearMonth> months) {
    known.addAll(months);
  }

  private static void create(Connection connection, YearMonth month) throws SQLException {
    String name = name(month);
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE " + name + " (LIKE candle INCLUDING DEFAULTS INCLUDING CONSTRAINTS)");
      statement.execute(
          "ALTER TABLE candle ATTACH PARTITION %s FOR VALUES FROM ('%s') TO ('%s')"
              .formatted(name, start(month), start(month.plusMonths(1))));
    }
  }

  private static boolean exists(Connection connection, String name) throws SQLException {
    try (PreparedStatement find = connection.prepareStatement("SELECT to_regclass(?)")) {
      find.setString(1, name);
      try (ResultSet row = find.executeQuery()) {
        return row.next() && row.getObject(1) != null;
      }
    }
  }

  private static String name(YearMonth month) {
    return String.format(Locale.ROOT, "candle_%04d_%02d", month.getYear(), month.getMonthValue());
  }

  private static Instant start(YearMonth month) {
    return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
