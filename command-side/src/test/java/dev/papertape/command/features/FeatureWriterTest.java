package dev.papertape.command.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.eventstore.features.BookSample;
import dev.papertape.eventstore.features.FeatureSeries;
import dev.papertape.eventstore.features.FeatureValue;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the writer does when its store fails. */
@Timeout(60)
class FeatureWriterTest {
  private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
  private static final FeatureSeries RSI =
      new FeatureSeries("BINANCE", "BTC-USDT", "rsi", 1, false);
  private static final Duration LONG = Duration.ofSeconds(30);

  private final List<Double> kept = new CopyOnWriteArrayList<>();
  private volatile boolean failed;
  private final CountDownLatch tried = new CountDownLatch(1);

  /** Throws, or keeps all of it. */
  private interface Putting {
    void put(List<FeatureValue> values) throws SQLException;
  }

  private FeatureWriter writer(Putting putting) {
    return new FeatureWriter(
        new FeatureWriter.Store() {
          @Override
          public void put(List<FeatureValue> values, List<BookSample> samples) throws SQLException {
            tried.countDown();
            putting.put(values);
            values.forEach(value -> kept.add(value.value()));
          }

          @Override
          public void dropSampledBefore(Instant oldest) {}
        });
  }

  @Test
  void Bug_4_a_fault_of_the_program_does_not_end_the_writer() throws Exception {
    try (FeatureWriter writer =
        writer(
            values -> {
              if (!failed) {
                failed = true;
                throw new IllegalStateException("once");
              }
            })) {
      give(writer, 1);
      writer.start();

      assertThat(writer.await(LONG)).contains(NOON);
      assertThat(kept).containsExactly(1.);
      assertThat(writer.dropped()).isZero();
    }
  }

  @Test
  void Bug_4_only_the_value_that_is_refused_is_left_out() throws Exception {
    try (FeatureWriter writer =
        writer(
            values -> {
              if (values.stream().anyMatch(value -> value.value() == 3)) {
                throw new SQLException("out of range", "22003");
              }
            })) {
      give(writer, 5);
      writer.start();

      assertThat(writer.await(LONG)).contains(NOON);
      assertThat(kept).containsExactly(1., 2., 4., 5.);
      assertThat(writer.dropped()).isEqualTo(1);
      assertThat(writer.written()).isEqualTo(4);
    }
  }

  @Test
  void Bug_4_what_is_under_way_at_the_end_is_counted() throws Exception {
    FeatureWriter writer =
        writer(
            values -> {
              throw new SQLException("away", "08006");
            });
    give(writer, 5);
    writer.start();
    tried.await();
    writer.close();

    assertThat(writer.dropped()).isEqualTo(5);
    assertThat(writer.written()).isZero();
  }

  /** Nobody takes anything out of the queue. */
  @Test
  void Bug_4_parityIsToldWhichSecondsTheQueueDidNotTake() {
    FeatureSeries mid = new FeatureSeries("*", "BTC-USDT", "mid", 1, true);
    FeatureWriter writer = writer(_ -> {});
    int given = 0;
    while (writer.dropped() < 3) {
      Instant at = NOON.plusSeconds(given++);
      writer.value(new FeatureValue(mid, at, at, 1, given, 100.0));
    }

    List<Instant> told = new ArrayList<>();
    writer.droppedValues().tell(NOON, NOON.plusSeconds(given), (_, at) -> told.add(at));
    assertThat(told)
        .containsExactly(
            NOON.plusSeconds(given - 3), NOON.plusSeconds(given - 2), NOON.plusSeconds(given - 1));
  }

  private static void give(FeatureWriter writer, int values) {
    for (int i = 1; i <= values; i++) {
      writer.value(new FeatureValue(RSI, NOON, NOON, 1, i, (double) i));
    }
  }
}
