package dev.papertape.eventstore.market;

import dev.papertape.eventstore.jdbc.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Writes one-minute candles and reads them back. Any number of processes may write the same minutes
 * at the same time: what they agree on is there once, where they differ there are revisions.
 */
public final class CandleStore {
  private final DataSource dataSource;
  private final CandlePartitions partitions = new CandlePartitions();

  public CandleStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * What a write came to.
   *
   * @param added minutes that had no candle
   * @param revised candles that became another revision
   */
  public record Written(int added, int revised) {}

  /** All or nothing, in order; throws {@link SQLException} when the database cannot take it. */
  public Written write(List<CandleWrite> writes) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      makePartitions(connection, writes);
      try (Transaction transaction = Transaction.begin(connection)) {
        Written written = apply(connection, writes);
        transaction.commit();
        return written;
      }
    }
  }

  private void makePartitions(Connection connection, List<CandleWrite> writes) throws SQLException {
    List<Instant> openTimes = new ArrayList<>();
    for (CandleWrite write : writes) {
      if (write instanceof CandleWrite.Observed(StoredCandle candle)) {
        openTimes.add(candle.openTime());
      }
    }
    Set<YearMonth> missing = partitions.missing(openTimes);
    if (!missing.isEmpty()) {
      try (Transaction transaction = Transaction.begin(connection)) {
        partitions.make(connection, missing);
        transaction.commit();
      }
      partitions.made(missing);
    }
  }

  private record Key(String venue, String symbol, Instant openTime) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::venue).thenComparing(Key::symbol).thenComparing(Key::openTime);

    private static Key of(StoredCandle candle) {
      return new Key(candle.venue(), candle.symbol(), candle.openTime());
    }

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * One statement for as many candles as possible: a statement cannot touch a row twice. Sorted, so
   * that two writers lock rows in the same order.
   */
  private static Written apply(Connection connection, List<CandleWrite> writes)
      throws SQLException {
    int added = 0;
    int revised = 0;
    Map<Key, StoredCandle> observed = new TreeMap<>();
    for (CandleWrite write : writes) {
      boolean joins =
          write instanceof CandleWrite.Observed(StoredCandle candle)
              && !observed.containsKey(Key.of(candle));
      if (!joins) {
        Written flushed = CandleStatements.observe(connection, List.copyOf(observed.values()));
        observed.clear();
        added += flushed.added();
        revised += flushed.revised();
      }
      switch (write) {
        case CandleWrite.Observed(StoredCandle candle) -> observed.put(Key.of(candle), candle);
        case CandleWrite.Ruled(StoredCandle candle) ->
            revised += CandleStatements.rule(connection, candle);
        case CandleWrite.Covered covered -> CandleStatements.cover(connection, covered);
      }
    }
    Written last = CandleStatements.observe(connection, List.copyOf(observed.values()));
    return new Written(added + last.added(), revised + last.revised());
  }

  /** The newest candles of a stream, at most {@code limit}, oldest first. */
  public List<StoredCandle> newest(String venue, String symbol, int limit) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return CandleRows.before(connection, venue, symbol, Instant.MAX, limit).reversed();
    }
  }

  /** Symbols of the venue that something is stored of, in order. */
  public List<String> symbols(String venue) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return CandleRows.symbols(connection, venue);
    }
  }

  /** Minutes that the stream's history is complete for, oldest first. */
  public List<Span> coverage(String venue, String symbol) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return CandleRows.coverage(connection, venue, symbol);
    }
  }
}
