package dev.papertape.eventstore.features;

import dev.papertape.eventstore.jdbc.Transaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Puts values and samples. A value that says what is known already is no revision and leaves
 * nothing; every other one is kept beside those before it. Of two of the same time that of the
 * newer epoch stays: a process that has lost the engine's lease overwrites nothing. A value is
 * taken back by a row without one; where nothing was put, that leaves nothing. Times are kept to
 * the microsecond.
 */
public final class FeatureStore {
  /**
   * "Known already" is the newest row of the same event time that is not later than this one, so
   * that a recording that is played again leaves nothing either.
   */
  private static final String PUT =
      """
      INSERT INTO %1$s AS known (series, event_time, available_at, epoch, frame, value)
      SELECT put.* FROM unnest(?::int[], ?::timestamptz[], ?::timestamptz[], ?::bigint[],
                               ?::bigint[], ?::float8[])
        AS put (series, event_time, available_at, epoch, frame, value)
      WHERE (SELECT before.value FROM %1$s AS before
             WHERE before.series = put.series AND before.event_time = put.event_time
               AND before.available_at <= put.available_at
             ORDER BY before.available_at DESC LIMIT 1) IS DISTINCT FROM put.value
      ON CONFLICT (series, event_time, available_at)
        DO UPDATE SET epoch = excluded.epoch, frame = excluded.frame, value = excluded.value
        WHERE known.epoch <= excluded.epoch
      """;

  private static final String PUT_SAMPLE =
      """
      INSERT INTO feature_sample (series, event_time, epoch, frame, bids, asks, bought, sold)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (series, event_time)
        DO UPDATE SET epoch = excluded.epoch, frame = excluded.frame, bids = excluded.bids,
          asks = excluded.asks, bought = excluded.bought, sold = excluded.sold
        WHERE feature_sample.epoch <= excluded.epoch
      """;

  private final DataSource dataSource;
  private final SeriesIds ids = new SeriesIds();
  private final FeaturePartitions months = FeaturePartitions.monthly("feature_value");
  private final FeaturePartitions days = FeaturePartitions.daily("feature_sampled_value");
  private final FeaturePartitions sampleDays = FeaturePartitions.daily("feature_sample");

  /**
   * @param dataSource of a database that module {@code eventstore} is migrated in
   */
  public FeatureStore(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Puts all of it or, if it throws, nothing.
   *
   * @param values in the order in which they were computed
   */
  public void put(List<FeatureValue> values, List<BookSample> samples) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Transaction transaction = Transaction.begin(connection)) {
      SeriesIds.Session series = ids.in(connection);
      List<FeatureValue> kept = values.stream().filter(v -> !v.series().isSampled()).toList();
      List<FeatureValue> sampled = values.stream().filter(v -> v.series().isSampled()).toList();
      List<Instant> sampleTimes = samples.stream().map(BookSample::at).toList();
      months.make(connection, times(kept));
      days.make(connection, times(sampled));
      sampleDays.make(connection, sampleTimes);
      put(connection, "feature_value", kept, series);
      put(connection, "feature_sampled_value", sampled, series);
      putSamples(connection, samples, series);
      transaction.commit();
      series.commit();
      months.remember(times(kept));
      days.remember(times(sampled));
      sampleDays.remember(sampleTimes);
    }
  }

  /**
   * Drops sampled values and samples of days before that of {@code oldest}.
   *
   * @return partitions dropped
   */
  public int dropSampledBefore(Instant oldest) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Transaction transaction = Transaction.begin(connection)) {
      int dropped = days.dropBefore(connection, oldest) + sampleDays.dropBefore(connection, oldest);
      transaction.commit();
      return dropped;
    }
  }

  private static List<Instant> times(List<FeatureValue> values) {
    return values.stream().map(FeatureValue::eventTime).distinct().toList();
  }

  private void put(
      Connection connection, String table, List<FeatureValue> values, SeriesIds.Session series)
      throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT.formatted(table))) {
      for (List<FeatureValue> round : rounds(values)) {
        List<Integer> numbers = new ArrayList<>(round.size());
        for (FeatureValue value : round) {
          numbers.add(series.of(value.series()));
        }
        put.setArray(1, connection.createArrayOf("int4", numbers.toArray()));
        set(put, 2, "timestamptz", round, value -> micros(value.eventTime()));
        set(put, 3, "timestamptz", round, value -> micros(value.availableAt()));
        set(put, 4, "int8", round, FeatureValue::epoch);
        set(put, 5, "int8", round, FeatureValue::frame);
        set(put, 6, "float8", round, FeatureValue::value);
        put.executeUpdate();
      }
    }
  }

  /** A statement does not see its own rows, so no round has two values of one event time. */
  private static List<List<FeatureValue>> rounds(List<FeatureValue> values) {
    record Key(FeatureSeries series, Instant eventTime) {}
    List<Map<Key, FeatureValue>> rounds = new ArrayList<>();
    Map<Key, Integer> seen = new LinkedHashMap<>();
    for (FeatureValue value : values) {
      Key key = new Key(value.series(), value.eventTime());
      int round = seen.merge(key, 1, Integer::sum) - 1;
      if (round == rounds.size()) {
        rounds.add(new LinkedHashMap<>());
      }
      rounds.get(round).put(key, value);
    }
    return rounds.stream().map(round -> List.copyOf(round.values())).toList();
  }

  private static void set(
      PreparedStatement put,
      int parameter,
      String type,
      List<FeatureValue> values,
      Function<FeatureValue, Object> column)
      throws SQLException {
    put.setArray(
        parameter, put.getConnection().createArrayOf(type, values.stream().map(column).toArray()));
  }

  private void putSamples(Connection connection, List<BookSample> samples, SeriesIds.Session series)
      throws SQLException {
    try (PreparedStatement put = connection.prepareStatement(PUT_SAMPLE)) {
      for (BookSample sample : samples) {
        put.setInt(1, series.of(FeatureReadings.samplesOf(sample.venue(), sample.symbol())));
        put.setObject(2, micros(sample.at()).atOffset(ZoneOffset.UTC));
        put.setLong(3, sample.epoch());
        put.setLong(4, sample.frame());
        put.setArray(5, connection.createArrayOf("numeric", flat(sample.bids())));
        put.setArray(6, connection.createArrayOf("numeric", flat(sample.asks())));
        put.setBigDecimal(7, sample.bought());
        put.setBigDecimal(8, sample.sold());
        put.addBatch();
      }
      put.executeBatch();
    }
  }

  /** PostgreSQL would round to the next one. */
  private static Instant micros(Instant time) {
    return time.truncatedTo(ChronoUnit.MICROS);
  }

  private static Object[] flat(List<BookSample.Level> levels) {
    List<Object> flat = new ArrayList<>(2 * levels.size());
    for (BookSample.Level level : levels) {
      flat.add(level.price());
      flat.add(level.quantity());
    }
    return flat.toArray();
  }
}
