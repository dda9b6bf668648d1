package dev.papertape.eventstore.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.eventstore.fixture.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CandleStoreIT {
  private static final Instant T0 = Instant.parse("2026-01-31T23:58:00Z");
  private static TestDatabase database;

  private CandleStore store;

  @BeforeAll
  static void create() {
    database = TestDatabase.create();
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  @BeforeEach
  void empty() {
    database.execute("TRUNCATE candle, candle_superseded, candle_coverage");
    store = new CandleStore(database.dataSource());
  }

  private static StoredCandle candle(int minute, String close) {
    return candle("KRAKEN", minute, close, 7L);
  }

  private static StoredCandle candle(String venue, int minute, String close, Long trades) {
    return new StoredCandle(
        venue,
        "BTC-USDT",
        T0.plusSeconds(60L * minute),
        new BigDecimal("100.10"),
        new BigDecimal("101"),
        new BigDecimal("99.5"),
        new BigDecimal(close),
        new BigDecimal("1.50000000"),
        null,
        trades,
        "STREAM",
        StoredCandle.ACCEPTED,
        List.of(),
        T0.plusSeconds(60L * minute + 61),
        0);
  }

  private static StoredCandle ruled(StoredCandle candle, String state, String... reasons) {
    return new StoredCandle(
        candle.venue(),
        candle.symbol(),
        candle.openTime(),
        candle.open(),
        candle.high(),
        candle.low(),
        candle.close(),
        candle.volume(),
        candle.vwap(),
        candle.trades(),
        candle.source(),
        state,
        List.of(reasons),
        candle.receivedAt(),
        0);
  }

  private static CandleWrite seen(StoredCandle candle) {
    return new CandleWrite.Observed(candle);
  }

  private List<StoredCandle> all() throws SQLException {
    return store.newest("KRAKEN", "BTC-USDT", 1000);
  }

  private List<StoredCandle> superseded(int minute) throws SQLException {
    try (Connection connection = database.dataSource().getConnection()) {
      return CandleRows.superseded(connection, "KRAKEN", "BTC-USDT", T0.plusSeconds(60L * minute));
    }
  }

  /** From January into February: two partitions. */
  @Test
  void keepsEveryFieldAcrossPartitions() throws SQLException {
    List<StoredCandle> candles = List.of(candle(0, "100.5"), candle(1, "99.90"), candle(2, "100"));
    assertThat(store.write(candles.stream().map(CandleStoreIT::seen).toList()))
        .isEqualTo(new CandleStore.Written(3, 0));

    assertThat(all()).isEqualTo(candles);
    assertThat(database.number("SELECT count(*) FROM candle_2026_01")).isEqualTo(2);
    assertThat(database.number("SELECT count(*) FROM candle_2026_02")).isEqualTo(1);
  }

  @Test
  void theSameFiguresAgainChangeNothing() throws SQLException {
    store.write(List.of(seen(ruled(candle(0, "100.5"), StoredCandle.FLAGGED, "VOLUME_SPIKE"))));

    StoredCandle again = candle("KRAKEN", 0, "100.500", null);
    assertThat(store.write(List.of(seen(again)))).isEqualTo(new CandleStore.Written(0, 0));

    assertThat(all()).singleElement().extracting(StoredCandle::state).isEqualTo("FLAGGED");
    assertThat(superseded(0)).isEmpty();
  }

  @Test
  void otherFiguresAreARevisionAndTheEarlierOnesStay() throws SQLException {
    store.write(List.of(seen(candle(0, "100.5"))));
    assertThat(store.write(List.of(seen(candle(0, "100.6")))))
        .isEqualTo(new CandleStore.Written(0, 1));
    store.write(List.of(seen(candle(0, "100.7"))));

    assertThat(all()).singleElement().extracting(StoredCandle::revision).isEqualTo(2);
    assertThat(superseded(0))
        .extracting(StoredCandle::close)
        .containsExactly(new BigDecimal("100.5"), new BigDecimal("100.6"));
  }

  @Test
  void severalRevisionsInOneBatchAreKeptInTheirOrder() throws SQLException {
    StoredCandle held = ruled(candle(0, "100.6"), StoredCandle.QUARANTINED, "SPIKE");
    StoredCandle released = ruled(held, StoredCandle.FLAGGED, "SPIKE");
    store.write(
        List.of(
            seen(candle(0, "100.5")),
            seen(candle(1, "100")),
            seen(held),
            new CandleWrite.Ruled(released)));

    assertThat(all()).extracting(StoredCandle::revision).containsExactly(2, 0);
    assertThat(all().getFirst().state()).isEqualTo("FLAGGED");
    assertThat(all().getFirst().reasons()).containsExactly("SPIKE");
    assertThat(superseded(0))
        .extracting(StoredCandle::state)
        .containsExactly("ACCEPTED", "QUARANTINED");
  }

  @Test
  void aRulingOnFiguresThatAreNoLongerThereChangesNothing() throws SQLException {
    StoredCandle held = ruled(candle(0, "100.6"), StoredCandle.QUARANTINED, "SPIKE");
    store.write(List.of(seen(held), seen(candle(0, "100.5"))));
    assertThat(store.write(List.of(new CandleWrite.Ruled(ruled(held, StoredCandle.ACCEPTED)))))
        .isEqualTo(new CandleStore.Written(0, 0));
    assertThat(all()).singleElement().extracting(StoredCandle::revision).isEqualTo(1);
  }

  /** Two processes, each with its own pool, on the same new partitions and the same rows. */
  @Test
  void twoWritersAtOnceLeaveEveryMinuteOnce() throws Exception {
    Instant year = Instant.parse("2031-01-01T00:00:00Z");
    List<StoredCandle> candles = new ArrayList<>();
    for (int month = 0; month < 12; month++) {
      for (int minute = 0; minute < 50; minute++) {
        StoredCandle any = candle(0, "100.5");
        Instant openTime = year.plusSeconds(86_400L * 30 * month + 60L * minute);
        candles.add(
            new StoredCandle(
                any.venue(),
                any.symbol(),
                openTime,
                any.open(),
                any.high(),
                any.low(),
                any.close(),
                any.volume(),
                null,
                any.trades(),
                any.source(),
                any.state(),
                any.reasons(),
                openTime,
                0));
      }
    }
    List<CandleWrite> forwards = candles.stream().map(CandleStoreIT::seen).toList();
    CyclicBarrier start = new CyclicBarrier(2);
    try (HikariDataSource other = database.newPool(2);
        ExecutorService two = Executors.newFixedThreadPool(2)) {
      Future<CandleStore.Written> first =
          two.submit(writing(start, new CandleStore(database.dataSource()), forwards));
      Future<CandleStore.Written> second =
          two.submit(writing(start, new CandleStore(other), forwards.reversed()));
      assertThat(first.get().added() + second.get().added()).isEqualTo(candles.size());
      assertThat(first.get().revised() + second.get().revised()).isZero();
    }
    assertThat(database.number("SELECT count(*) FROM candle")).isEqualTo(candles.size());
    assertThat(database.number("SELECT count(*) FROM candle_elsewhere")).isZero();
    assertThat(database.number("SELECT count(*) FROM candle_superseded")).isZero();
  }

  private static Callable<CandleStore.Written> writing(
      CyclicBarrier start, CandleStore store, List<CandleWrite> writes) {
    return () -> {
      start.await();
      return store.write(writes);
    };
  }

  @Test
  void anotherProcessFindsWhatWasWritten() throws SQLException {
    store.write(
        List.of(
            seen(candle(0, "100.5")),
            new CandleWrite.Covered("KRAKEN", "BTC-USDT", T0, T0.plusSeconds(120))));
    try (HikariDataSource other = database.newPool(1)) {
      CandleStore restarted = new CandleStore(other);
      assertThat(restarted.write(List.of(seen(candle(1, "100"))))).isNotNull();
      assertThat(restarted.newest("KRAKEN", "BTC-USDT", 1))
          .extracting(StoredCandle::openTime)
          .containsExactly(T0.plusSeconds(60));
      assertThat(restarted.coverage("KRAKEN", "BTC-USDT"))
          .containsExactly(new Span(T0, T0.plusSeconds(120)));
    }
  }

  @Test
  void coverageGrowsAndKeepsItsPauses() throws SQLException {
    cover(0, 10);
    cover(10, 11);
    cover(5, 8);
    cover(20, 30);
    cover(29, 31);
    assertThat(database.number("SELECT count(*) FROM candle_coverage")).isEqualTo(2);
    cover(11, 20);
    assertThat(store.coverage("KRAKEN", "BTC-USDT"))
        .containsExactly(new Span(T0, T0.plusSeconds(31 * 60)));
  }

  private void cover(int from, int to) throws SQLException {
    store.write(
        List.of(
            new CandleWrite.Covered(
                "KRAKEN", "BTC-USDT", T0.plusSeconds(60L * from), T0.plusSeconds(60L * to))));
  }

  @Test
  void aTimeThatNoVenueCanMeanMakesNoPartition() throws SQLException {
    StoredCandle any = candle(0, "100.5");
    store.write(
        List.of(
            seen(
                new StoredCandle(
                    any.venue(),
                    any.symbol(),
                    Instant.EPOCH,
                    any.open(),
                    any.high(),
                    any.low(),
                    any.close(),
                    any.volume(),
                    null,
                    null,
                    any.source(),
                    StoredCandle.QUARANTINED,
                    List.of("OUT_OF_ORDER"),
                    any.receivedAt(),
                    0))));
    assertThat(database.number("SELECT count(*) FROM candle_elsewhere")).isEqualTo(1);
  }

  /** 60,000 minutes of three streams in two partitions; a day of one stream is asked for. */
  @Test
  void aRangeIsReadByIndexAndFromItsPartitionsAlone() throws SQLException {
    store.write(List.of(seen(candle("A", 0, "1", 1L)), seen(candle("A", 5, "1", 1L))));
    database.execute(
        """
        INSERT INTO candle
        SELECT v, 'BTC-USDT', t, 1, 1, 1, 1, 1, NULL, 1, 'REST', 'ACCEPTED', '{}', t, 0
        FROM unnest('{KRAKEN,B,C}'::text[]) v,
             generate_series('2026-01-09'::timestamptz, '2026-02-20', '1 minute') t
        """);
    database.execute("ANALYZE candle");
    StringBuilder plan = new StringBuilder();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                EXPLAIN SELECT * FROM candle WHERE venue = 'KRAKEN' AND symbol = 'BTC-USDT'
                AND open_time >= '2026-02-05' AND open_time < '2026-02-06'
                ORDER BY open_time DESC LIMIT 1000
                """)) {
      while (row.next()) {
        plan.append(row.getString(1)).append('\n');
      }
    }
    assertThat(plan).contains("candle_2026_02_pkey").doesNotContain("2026_01", "Seq Scan");
  }
}
