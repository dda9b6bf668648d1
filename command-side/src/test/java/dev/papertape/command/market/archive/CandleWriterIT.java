package dev.papertape.command.market.archive;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.papertape.command.market.CandleMemory;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.quality.CandleJudge.Outcome;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Candle;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.CandleOrigin;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.quality.QualityReason;
import dev.papertape.eventstore.SchemaMigrations;
import dev.papertape.eventstore.embedded.PostgresDatabase;
import dev.papertape.eventstore.embedded.TemporaryPostgres;
import dev.papertape.eventstore.market.CandleStore;
import dev.papertape.eventstore.market.StoredCandle;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The engine's candles on their way into a real database that comes and goes. */
class CandleWriterIT {
  private static final Venue VENUE = new Venue("KRAKEN");
  private static final Symbol BTC = new Symbol("BTC-USD");
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");
  private static HikariDataSource pool;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final WriterMetrics metrics = new WriterMetrics(registry);
  private volatile boolean away;
  private volatile @Nullable RuntimeException broken;
  private final AtomicLong failures = new AtomicLong();
  private CandleStore store;

  @BeforeAll
  static void create() {
    PostgresDatabase database = TemporaryPostgres.freshDatabase();
    pool = new HikariDataSource();
    pool.setJdbcUrl(database.jdbcUrl());
    pool.setUsername(database.user());
    pool.setPassword(database.password());
    pool.setMaximumPoolSize(4);
    new SchemaMigrations(pool).migrate("eventstore");
  }

  @AfterAll
  static void drop() {
    pool.close();
  }

  @BeforeEach
  void empty() throws SQLException {
    try (var connection = pool.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("TRUNCATE candle, candle_superseded, candle_coverage");
    }
    store = new CandleStore(comingAndGoing());
  }

  private DataSource comingAndGoing() {
    return (DataSource)
        Proxy.newProxyInstance(
            CandleWriterIT.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (away) {
                throw new SQLException("away for the test", "08006");
              }
              RuntimeException fault = broken;
              if (fault != null) {
                failures.incrementAndGet();
                throw fault;
              }
              try {
                return method.invoke(pool, arguments);
              } catch (InvocationTargetException failed) {
                throw failed.getCause();
              }
            });
  }

  private static JudgedCandle candle(int minute, Outcome outcome, String close) {
    BigDecimal price = new BigDecimal(close);
    Bar bar =
        new Bar(
            NOON.plusSeconds(60L * minute), price, price, price, price, BigDecimal.ONE, null, 3L);
    return new JudgedCandle(
        new Candle(VENUE, BTC, CandleInterval.ONE_MINUTE, bar),
        CandleOrigin.STREAM,
        outcome,
        outcome == Outcome.PASSED ? List.of() : List.of(QualityReason.SPIKE),
        "",
        NOON.plusSeconds(60L * minute + 61));
  }

  private CandleWriter writer(int capacity) {
    return new CandleWriter(store, metrics, InstantSource.system(), capacity);
  }

  private List<StoredCandle> stored() throws SQLException {
    return new CandleStore(pool).newest(VENUE.name(), BTC.value(), 1000);
  }

  @Test
  void whatWasJudgedIsWhatAnotherLifeRemembers() throws SQLException {
    try (CandleWriter writer = writer(100)) {
      writer.judged(candle(0, Outcome.PASSED, "5"));
      writer.judged(candle(1, Outcome.QUARANTINED, "9"));
      writer.judged(candle(2, Outcome.QUARANTINED, "6"));
      writer.judged(candle(2, Outcome.RELEASED, "6"));
      writer.judged(candle(0, Outcome.REJECTED, "5"));
      writer.judged(candle(1, Outcome.CONDEMNED, "9"));
      writer.covered(VENUE, BTC, NOON, NOON.plusSeconds(180));
    }
    assertThat(stored())
        .extracting(StoredCandle::state)
        .containsExactly("ACCEPTED", "QUARANTINED", "FLAGGED");
    Map<Venue, Map<Symbol, CandleMemory>> memory =
        new StoredCandles(store, new SimpleMeterRegistry(), InstantSource.system())
            .recall(Set.of(VENUE));
    CandleMemory btc = memory.get(VENUE).get(BTC);
    assertThat(btc.coveredTo()).isEqualTo(NOON.plusSeconds(180));
    assertThat(btc.newest()).extracting(Bar::openTime).containsExactly(NOON, NOON.plusSeconds(120));
    assertThat(count("candles.added")).isEqualTo(3);
    assertThat(count("candles.revised")).isEqualTo(1);
  }

  /** Four wait; the fifth makes the engine wait until the database is back. Nothing is lost. */
  @Test
  void theEngineWaitsWhenTooManyWaitForTheDatabase() throws Exception {
    away = true;
    try (CandleWriter writer = writer(4)) {
      Thread engine =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int minute = 0; minute < 20; minute++) {
                      writer.judged(candle(minute, Outcome.PASSED, "5"));
                    }
                  });
      while (metrics.waiting.get() < 4 || engine.getState() != Thread.State.TIMED_WAITING) {
        LockSupport.parkNanos(1_000_000);
      }
      assertThat(stored()).isEmpty();
      away = false;
      engine.join();
    }
    assertThat(stored()).hasSize(20);
    assertThat(count("candles.unwritten")).isZero();
  }

  @Test
  void whatCannotBeWrittenBeforeTheEndIsCounted() throws Exception {
    away = true;
    CandleWriter writer = writer(4);
    for (int minute = 0; minute < 4; minute++) {
      writer.judged(candle(minute, Outcome.PASSED, "5"));
    }
    writer.release();
    for (int minute = 4; minute < 14; minute++) {
      writer.judged(candle(minute, Outcome.PASSED, "5"));
    }
    writer.close();
    assertThat(count("candles.unwritten")).isEqualTo(14);
    assertThat(stored()).isEmpty();
  }

  @Test
  void Bug_4_aFailureThatIsNoneOfSqlIsWaitedOutToo() throws SQLException {
    broken = new IllegalStateException("a fault in the pool");
    try (CandleWriter writer = writer(4)) {
      writer.judged(candle(0, Outcome.PASSED, "5"));
      while (failures.get() < 2) {
        LockSupport.parkNanos(1_000_000);
      }
      broken = null;
    }
    assertThat(stored()).hasSize(1);
  }

  /** Minute 2 is lost, so nothing may say later that it is complete. */
  @Test
  void Bug_4_onceOneWasDroppedNothingFollowsIt() throws SQLException {
    away = true;
    try (CandleWriter writer = writer(1)) {
      writer.judged(candle(0, Outcome.PASSED, "5"));
      writer.judged(candle(1, Outcome.PASSED, "5")); // Waits until the writer has taken the first.
      writer.release();
      writer.judged(candle(2, Outcome.PASSED, "5"));
      away = false;
      while (stored().size() < 2) {
        LockSupport.parkNanos(1_000_000);
      }
      writer.covered(VENUE, BTC, NOON, NOON.plusSeconds(180));
    }
    assertThat(new CandleStore(pool).coverage(VENUE.name(), BTC.value())).isEmpty();
    assertThat(count("candles.unwritten")).isEqualTo(2);
  }

  @Test
  void Bug_4_aSpikeHeldAtTheEndOfALifeIsFetchedAndJudgedInTheNext() throws SQLException {
    try (CandleWriter writer = writer(100)) {
      writer.judged(candle(0, Outcome.PASSED, "5"));
      writer.judged(candle(1, Outcome.QUARANTINED, "9"));
      writer.covered(VENUE, BTC, NOON, NOON.plusSeconds(120));
    }
    CandleMemory memory =
        new StoredCandles(store, new SimpleMeterRegistry(), InstantSource.system())
            .recall(Set.of(VENUE))
            .get(VENUE)
            .get(BTC);
    assertThat(memory.settledTo()).isEqualTo(NOON.plusSeconds(60));
    assertThat(memory.decided().settledTo()).isEqualTo(NOON.plusSeconds(120));
    assertThat(memory.newest()).extracting(Bar::openTime).containsExactly(NOON);

    try (CandleWriter next = writer(100)) {
      next.judged(candle(1, Outcome.FLAGGED, "9"));
    }
    assertThat(stored()).extracting(StoredCandle::state).containsExactly("ACCEPTED", "FLAGGED");
  }

  /** More digits before the point than PostgreSQL's numeric has. */
  @Test
  void whatTheDatabaseRefusesDoesNotStopWhatFollows() throws SQLException {
    try (CandleWriter writer = writer(100)) {
      writer.judged(candle(0, Outcome.PASSED, "5"));
      writer.judged(candle(1, Outcome.PASSED, "1E+140000"));
      writer.judged(candle(2, Outcome.PASSED, "6"));
    }
    assertThat(stored()).hasSize(2);
    assertThat(count("candles.refused")).isEqualTo(1);
  }

  private double count(String name) {
    return registry.get(name).counter().count();
  }
}
