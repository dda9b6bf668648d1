package dev.papertape.command.market;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.command.market.candlefile.CandleFile;
import dev.papertape.command.market.recorded.SharedCaptures;
import dev.papertape.contracts.market.Bar;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BarBuilderTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final BarBuilder minutes = new BarBuilder(MINUTE);

  private static Instant at(String time) {
    return Instant.parse("2024-01-01T" + time + "Z");
  }

  private Bar trade(String time, String price, String quantity) {
    return minutes.add(at(time), new BigDecimal(price), new BigDecimal(quantity));
  }

  @Test
  void aBarIsWhatItsTradesSay() {
    trade("00:00:01", "10", "1");
    trade("00:00:02", "12", "0.5");
    trade("00:00:02", "9", "0.25");
    trade("00:00:59.999", "11", "0.25");
    Bar bar = trade("00:01:00", "11", "1");
    // Mean: (10·1 + 12·0.5 + 9·0.25 + 11·0.25) / 2 = 21 / 2.
    assertThat(bar)
        .usingRecursiveComparison()
        .isEqualTo(
            new Bar(
                at("00:00:00"),
                new BigDecimal("10"),
                new BigDecimal("12"),
                new BigDecimal("9"),
                new BigDecimal("11"),
                new BigDecimal("2.00"),
                new BigDecimal("10.5"),
                4L));
  }

  @Test
  void theClockClosesABarThatNoTradeFollows() {
    trade("00:00:01", "10", "1");
    assertThat(minutes.closeUpTo(at("00:00:59.999"))).isNull();
    assertThat(minutes.closeUpTo(at("00:01:00"))).isNotNull();
    assertThat(minutes.closeUpTo(at("00:02:00"))).as("a minute without trades").isNull();
  }

  @Test
  void aTradeOfAClosedIntervalIsCountedAndLeftOut() {
    trade("00:00:01", "10", "1");
    minutes.closeUpTo(at("00:01:00"));
    assertThat(trade("00:00:30", "99", "1")).isNull();
    assertThat(minutes.late()).isEqualTo(1);
    trade("00:01:05", "10", "1");
    assertThat(minutes.closeUpTo(at("00:02:00")).high()).isEqualByComparingTo("10");
  }

  @Property(tries = 200)
  void noTradeIsLostAndNoBarHoldsAnothersTrade(
      @ForAll @Size(max = 200) List<@IntRange(max = 90) Integer> secondsBetween) {
    BarBuilder builder = new BarBuilder(MINUTE);
    Instant time = at("00:00:00");
    List<Bar> bars = new ArrayList<>();
    for (int seconds : secondsBetween) {
      time = time.plusSeconds(seconds);
      Bar closed = builder.add(time, new BigDecimal(100 + seconds), BigDecimal.ONE);
      Stream.ofNullable(closed).forEach(bars::add);
    }
    Stream.ofNullable(builder.closeUpTo(time.plus(MINUTE))).forEach(bars::add);
    assertThat(bars.stream().mapToLong(Bar::trades).sum()).isEqualTo(secondsBetween.size());
    assertThat(builder.late()).isZero();
    assertThat(bars).extracting(Bar::openTime).isSorted().doesNotHaveDuplicates();
  }

  /** The exchange's own trades, and the bars that the same exchange made of them. */
  @ParameterizedTest
  @CsvSource({"60, 1m", "300, 5m"})
  void barsFromTradesEqualTheFiles(int seconds, String interval) throws IOException {
    Path trades =
        SharedCaptures.data("trades/binance_spot_XRPETH_aggtrades_20191011-20191013.csv.gz");
    Path file =
        SharedCaptures.data(
            "ohlcv/binance_spot_XRPETH_%s_20191011-20191013.csv.gz".formatted(interval));
    JsonNode facts =
        new ObjectMapper()
            .readTree(SharedCaptures.data("trades/TRADES_FACTS.json").toFile())
            .at("/files/0");
    BarBuilder builder = new BarBuilder(Duration.ofSeconds(seconds));
    List<Bar> rebuilt = new ArrayList<>();
    long rows = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(new GZIPInputStream(Files.newInputStream(trades))))) {
      lines.readLine();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        Bar closed =
            builder.add(
                Instant.ofEpochMilli(Long.parseLong(fields[0])),
                new BigDecimal(fields[4]),
                new BigDecimal(fields[5]));
        Stream.ofNullable(closed).forEach(rebuilt::add);
        rows++;
      }
    }
    Stream.ofNullable(builder.closeUpTo(Instant.parse("2019-10-14T00:00:00Z")))
        .forEach(rebuilt::add);
    assertThat(rows).isEqualTo(facts.get("rows").asLong());
    List<Bar> inFile = CandleFile.read(file, _ -> {}).bars();
    assertThat(rebuilt).hasSize(facts.at("/bars/" + interval + "/bars_from_trades").asInt());
    assertThat(rebuilt)
        .usingRecursiveComparison()
        .ignoringFields("vwap", "trades")
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(inFile);
  }
}
