package dev.papertape.eventstore.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.eventstore.features.BookSample.Level;
import dev.papertape.eventstore.fixture.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What was known when, in a real PostgreSQL. */
class FeatureStoreIT {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final FeatureSeries RSI = series("BINANCE", "rsi", false);
  private static final FeatureSeries SPREAD = series("BINANCE", "spreadBps", true);

  private TestDatabase database;
  private FeatureStore store;

  @BeforeEach
  void create() {
    database = TestDatabase.create();
    store = new FeatureStore(database.dataSource());
  }

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void a_window_is_what_was_known_at_that_moment() throws SQLException {
    store.put(
        List.of(value(RSI, 0, 61, 40), value(RSI, 60, 121, 41), value(RSI, 120, 181, 42)),
        List.of());
    store.put(List.of(value(RSI, 60, 200, 45)), List.of());

    assertThat(window(RSI, 0, 120, 181))
        .extracting(FeatureValue::value)
        .containsExactly(42., 41., 40.);
    assertThat(window(RSI, 0, 120, 199))
        .extracting(FeatureValue::value)
        .containsExactly(42., 41., 40.);
    assertThat(window(RSI, 0, 120, 200))
        .extracting(FeatureValue::value)
        .containsExactly(42., 45., 40.);
    assertThat(window(RSI, 0, 120, 120)).extracting(FeatureValue::value).containsExactly(40.);
    assertThat(window(RSI, 0, 120, 60)).isEmpty();
    assertThat(window(RSI, 61, 120, 999)).extracting(FeatureValue::value).containsExactly(42.);
    assertThat(window(RSI, 60, 60, 999)).containsExactly(value(RSI, 60, 200, 45));
  }

  @Test
  void revisions_are_kept_in_their_order() throws SQLException {
    store.put(
        List.of(value(RSI, 0, 61, 40), value(RSI, 0, 62, 41), value(RSI, 0, 63, 40)), List.of());

    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(FeatureReadings.revisions(connection, RSI, at(-1), at(0), at(999)))
          .extracting(FeatureValue::value)
          .containsExactly(40., 41., 40.);
      assertThat(FeatureReadings.revisions(connection, RSI, at(-1), at(0), at(62))).hasSize(2);
      assertThat(FeatureReadings.revisions(connection, RSI, at(0), at(9), at(999))).isEmpty();
    }
  }

  @Test
  void what_is_known_already_is_no_revision() throws SQLException {
    store.put(List.of(value(RSI, 0, 61, 40)), List.of());
    store.put(List.of(value(RSI, 0, 99, 40)), List.of());
    // A recording that is played again comes to the same at the same feed time.
    store.put(List.of(value(RSI, 0, 61, 40)), List.of());

    assertThat(database.number("SELECT count(*) FROM feature_value")).isEqualTo(1);
  }

  @Test
  void venues_stand_beside_each_other() throws SQLException {
    FeatureSeries kraken = series("KRAKEN", "rsi", false);
    store.put(List.of(value(kraken, 0, 61, 50), value(RSI, 0, 61, 40)), List.of());

    assertThat(window(RSI, 0, 0, 99))
        .extracting(each -> each.series().venue())
        .containsExactly("BINANCE", "KRAKEN");
  }

  @Test
  void doubles_come_back_as_they_were() throws SQLException {
    List<Double> values = List.of(Double.MIN_VALUE, -0.0, 0.1 + 0.2, Math.PI * 1e300, 1e-320);
    List<FeatureValue> put = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      put.add(value(RSI, i, 99, values.get(i)));
    }
    store.put(put, List.of());

    assertThat(window(RSI, 0, 99, 99).reversed()).extracting(FeatureValue::value).isEqualTo(values);
  }

  @Test
  void samples_keep_exact_levels_and_old_days_go() throws SQLException {
    BookSample sample =
        new BookSample(
            "BINANCE",
            "BTC-USDT",
            NOON,
            3,
            7,
            List.of(level("60000.10", "0.50000"), level("60000.00", "1.5")),
            List.of(level("60000.20", "2")),
            new BigDecimal("0.10"),
            BigDecimal.ZERO);
    FeatureValue before = new FeatureValue(SPREAD, at(-86_400), at(-86_400), 1, 1, 1.5);
    store.put(List.of(before, value(SPREAD, 0, 0, 2.5)), List.of(sample));

    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(FeatureReadings.samples(connection, "BTC-USDT", at(-1), at(0)))
          .containsExactly(sample);
      assertThat(FeatureReadings.samples(connection, "BTC-USDT", at(0), at(9))).isEmpty();
      assertThat(FeatureReadings.symbols(connection)).containsExactly("BTC-USDT");
    }
    assertThat(store.dropSampledBefore(NOON)).isEqualTo(1);
    assertThat(window(SPREAD, -99_999, 0, 99)).extracting(FeatureValue::value).containsExactly(2.5);
    // A day that was dropped may come back, as when an old recording is played.
    store.put(List.of(before), List.of());
    assertThat(window(SPREAD, -99_999, 0, 99)).hasSize(2);
  }

  @Test
  void a_batch_is_put_whole_or_not_at_all() {
    FeatureValue infinite = value(RSI, 60, 61, Double.NaN);
    database.execute("ALTER TABLE feature_value ADD CHECK (value = value AND value <> 'NaN')");

    assertThatThrownBy(() -> store.put(List.of(value(RSI, 0, 61, 1), infinite), List.of()))
        .isInstanceOf(SQLException.class);
    assertThat(database.number("SELECT count(*) FROM feature_value")).isZero();
    assertThat(database.number("SELECT count(*) FROM feature_series")).isZero();
  }

  /** The process of epoch 3 has lost the lease to that of epoch 4 and writes what it still has. */
  @Test
  void Bug_4_an_older_epoch_overwrites_nothing() throws SQLException {
    store.put(List.of(new FeatureValue(RSI, at(0), at(61), 4, 9, 40.0)), List.of(sample(4, "1")));
    store.put(List.of(value(RSI, 0, 61, 41)), List.of(sample(3, "2")));

    assertThat(window(RSI, 0, 0, 99)).extracting(FeatureValue::value).containsExactly(40.);
    assertThat(bought()).containsExactly(BigDecimal.ONE);
    store.put(List.of(new FeatureValue(RSI, at(0), at(61), 5, 9, 42.0)), List.of(sample(5, "3")));
    assertThat(window(RSI, 0, 0, 99)).extracting(FeatureValue::value).containsExactly(42.);
    assertThat(bought()).containsExactly(new BigDecimal("3"));
  }

  private List<BigDecimal> bought() throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return FeatureReadings.samples(connection, "BTC-USDT", at(-1), at(0)).stream()
          .map(BookSample::bought)
          .toList();
    }
  }

  private static BookSample sample(long epoch, String bought) {
    List<Level> levels = List.of(level("1", "1"));
    return new BookSample(
        "BINANCE",
        "BTC-USDT",
        NOON,
        epoch,
        7,
        levels,
        levels,
        new BigDecimal(bought),
        BigDecimal.ZERO);
  }

  /** Over two months' partitions and two venues, with revisions, the limit is of the newest. */
  @Test
  void a_limit_takes_the_newest_of_all_venues() throws SQLException {
    FeatureSeries kraken = series("KRAKEN", "rsi", false);
    List<FeatureValue> values = new ArrayList<>();
    for (int minute = 0; minute < 1_000; minute++) {
      values.add(value(RSI, minute * 60, minute * 60 + 1, minute));
      values.add(value(RSI, minute * 60, minute * 60 + 2, minute + 0.5));
    }
    values.add(value(kraken, 998 * 60, 998 * 60 + 1, 7));
    store.put(values, List.of());

    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(FeatureReadings.window(connection, RSI, at(0), at(99_999), at(99_999), 3))
          .extracting(FeatureValue::value)
          .containsExactly(999.5, 998.5, 7.);
      assertThat(FeatureReadings.isKnown(connection, "BTC-USDT")).isTrue();
      assertThat(FeatureReadings.isKnown(connection, "DOGE-USDT")).isFalse();
    }
  }

  @Test
  void Bug_4_a_value_is_taken_back_from_a_moment_on() throws SQLException {
    store.put(List.of(value(RSI, 0, 1, 40), value(RSI, 60, 61, 41)), List.of());
    store.put(List.of(none(RSI, 60, 70), none(RSI, 120, 130)), List.of());
    store.put(List.of(none(RSI, 60, 75)), List.of());

    assertThat(window(RSI, 0, 200, 69)).extracting(FeatureValue::value).containsExactly(41., 40.);
    assertThat(window(RSI, 0, 200, 70)).extracting(FeatureValue::value).containsExactly(40.);
    try (Connection connection = database.dataSource().getConnection()) {
      assertThat(FeatureReadings.window(connection, RSI, at(0), at(200), at(99), 1))
          .as("the limit is of values")
          .extracting(FeatureValue::value)
          .containsExactly(40.);
      assertThat(FeatureReadings.revisions(connection, RSI, at(-1), at(200), at(200)))
          .as("nothing was put of 120, nothing new at 75")
          .extracting(FeatureValue::value)
          .containsExactly(40., 41., null);
    }

    store.put(List.of(value(RSI, 60, 80, 41)), List.of());
    assertThat(window(RSI, 0, 200, 80)).as("back again").hasSize(2);
  }

  private static FeatureValue none(FeatureSeries series, long eventTime, long availableAt) {
    return new FeatureValue(series, at(eventTime), at(availableAt), 3, 7, null);
  }

  /** Two processes may begin a month, a day and a series at the same moment. */
  @Test
  void writers_do_not_trip_over_each_other() throws Exception {
    List<Future<Object>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int writer = 0; writer < 4; writer++) {
        int number = writer;
        Callable<Object> put =
            () -> {
              FeatureStore own = new FeatureStore(database.dataSource());
              for (int i = 0; i < 40; i++) {
                own.put(
                    List.of(
                        value(series("V" + i % 7, "rsi", false), i * 86_400, 99, number),
                        value(series("V" + i % 5, "spreadBps", true), i * 86_400, 99, 1)),
                    List.of());
              }
              return number;
            };
        writers.add(threads.submit(put));
      }
    }
    for (Future<Object> writer : writers) {
      assertThat(writer.get()).isNotNull();
    }
    assertThat(database.number("SELECT count(*) FROM feature_sampled_value")).isEqualTo(40);
    assertThat(database.number("SELECT count(*) FROM feature_value")).isEqualTo(40);
  }

  private List<FeatureValue> window(FeatureSeries series, long from, long to, long knownAt)
      throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return FeatureReadings.window(connection, series, at(from), at(to), at(knownAt), 100);
    }
  }

  private static FeatureSeries series(String venue, String name, boolean sampled) {
    return new FeatureSeries(venue, "BTC-USDT", name, 1, sampled);
  }

  private static FeatureValue value(
      FeatureSeries series, long eventTime, long availableAt, double value) {
    return new FeatureValue(series, at(eventTime), at(availableAt), 3, 7, value);
  }

  private static Level level(String price, String quantity) {
    return new Level(new BigDecimal(price), new BigDecimal(quantity));
  }

  private static Instant at(long seconds) {
    return NOON.plusSeconds(seconds);
  }
}
