package dev.papertape.query.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.eventstore.market.Span;
import dev.papertape.eventstore.market.StoredCandle;
import dev.papertape.query.market.CandleView.MinuteCounts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandleDerivationTest {

  private static Span minutes(int from, int to) {
    return new Span(
        Candles.MIDNIGHT.plusSeconds(60L * from), Candles.MIDNIGHT.plusSeconds(60L * to));
  }

  private static List<CandleView> derive(
      CandleInterval interval, List<Span> coverage, Candles... oldestFirst) {
    List<StoredCandle> stored = new ArrayList<>();
    for (Candles candle : oldestFirst) {
      stored.addFirst(candle.stored());
    }
    return new CandleDerivation(interval, coverage).derive(stored);
  }

  /** Volume 1 + 3 = 4, notional 101·1 + 105·3 = 416, so vwap 104; trades 2 + 5. */
  @Test
  void aDerivedCandleIsTheSumOfItsUsableMinutes() {
    List<CandleView> candles =
        derive(
            CandleInterval.FIVE_MINUTES,
            List.of(minutes(0, 5)),
            Candles.minute(0)
                .prices("100", "102", "99", "101")
                .volume(BigDecimal.ONE, new BigDecimal("101"), 2L),
            Candles.minute(1).prices("1", "9999", "1", "1").quarantined("SPIKE"),
            Candles.minute(3)
                .prices("103", "106", "103", "104")
                .volume(new BigDecimal("3"), new BigDecimal("105"), 5L)
                .flagged(List.of("VOLUME_SPIKE")));
    assertThat(candles)
        .singleElement()
        .satisfies(
            bar -> {
              assertThat(bar.openTime()).isEqualTo(Candles.MIDNIGHT);
              assertThat(bar.open()).isEqualByComparingTo("100");
              assertThat(bar.high()).isEqualByComparingTo("106");
              assertThat(bar.low()).isEqualByComparingTo("99");
              assertThat(bar.close()).isEqualByComparingTo("104");
              assertThat(bar.volume()).isEqualByComparingTo("4");
              assertThat(bar.vwap()).isEqualByComparingTo("104");
              assertThat(bar.trades()).isEqualTo(7);
              assertThat(bar.state()).isEqualTo("FLAGGED");
              assertThat(bar.reasons()).containsExactly("VOLUME_SPIKE");
              assertThat(bar.minutes()).isEqualTo(new MinuteCounts(2, 2, 1, 0));
              assertThat(bar.complete()).as("a minute is in quarantine").isFalse();
            });
  }

  @Test
  void minutesThatNobodyTradedInAreNotMissing() {
    CandleView bar =
        derive(CandleInterval.FIVE_MINUTES, List.of(minutes(-60, 5)), Candles.minute(2)).getFirst();
    assertThat(bar.minutes()).isEqualTo(new MinuteCounts(1, 4, 0, 0));
    assertThat(bar.complete()).isTrue();
  }

  @Test
  void minutesThatAreNotCoveredAreMissing() {
    CandleView bar =
        derive(
                CandleInterval.FIVE_MINUTES,
                List.of(minutes(0, 1), minutes(3, 4)),
                Candles.minute(0),
                Candles.minute(1))
            .getFirst();
    assertThat(bar.minutes()).isEqualTo(new MinuteCounts(2, 1, 0, 2));
    assertThat(bar.complete()).isFalse();
  }

  @Test
  void newestFirstAndNoneWhereAllIsInQuarantine() {
    List<CandleView> candles =
        derive(
            CandleInterval.FIVE_MINUTES,
            List.of(),
            Candles.minute(0),
            Candles.minute(6).quarantined("SPIKE"),
            Candles.minute(12));
    assertThat(candles)
        .extracting(CandleView::openTime)
        .containsExactly(Candles.MIDNIGHT.plusSeconds(600), Candles.MIDNIGHT);
    assertThat(derive(CandleInterval.ONE_MINUTE, List.of(), Candles.minute(6).quarantined("SPIKE")))
        .singleElement()
        .satisfies(
            bar -> {
              assertThat(bar.state()).isEqualTo("QUARANTINED");
              assertThat(bar.reasons()).containsExactly("SPIKE");
              assertThat(bar.complete()).isFalse();
            });
  }
}
