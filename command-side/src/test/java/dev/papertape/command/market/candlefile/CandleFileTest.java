package dev.papertape.command.market.candlefile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.candlefile.CandleFile.Kind;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.quality.QualityReason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Shapes of candle files beyond those of the shared data, and files that are broken. */
class CandleFileTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  /** 2024-01-01T00:00:00Z and the two minutes after it. */
  private static final String PLAIN =
      """
      time,open,high,low,close,volume
      1704067200,10,12,9,11,1.5
      1704067260,11,13,10,12,2.5
      1704067320,12,14,11,13,3.5
      """;

  @TempDir private Path folder;

  private CandleFile read(byte[] content) {
    try {
      // The name says nothing of what is inside.
      Path file = Files.createTempFile(folder, "some", ".file");
      Files.write(file, content);
      return CandleFile.read(file, _ -> {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private CandleFile read(String content) {
    return read(content.getBytes(UTF_8));
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  private static byte[] zip(String entry, byte[] content) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(packed)) {
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }

  /** The three bars of {@link #PLAIN}. */
  private static void assertPlain(CandleFile file) {
    assertThat(file.damage()).isEmpty();
    assertThat(file.unreadable()).isEmpty();
    assertThat(file.bars())
        .extracting(Bar::openTime)
        .containsExactly(
            Instant.parse("2024-01-01T00:00:00Z"),
            Instant.parse("2024-01-01T00:01:00Z"),
            Instant.parse("2024-01-01T00:02:00Z"));
    Bar second = file.bars().get(1);
    assertThat(List.of(second.open(), second.high(), second.low(), second.close(), second.volume()))
        .usingElementComparator(BigDecimal::compareTo)
        .containsExactly(
            new BigDecimal("11"),
            new BigDecimal("13"),
            new BigDecimal("10"),
            new BigDecimal("12"),
            new BigDecimal("2.5"));
    assertThat(file.interval().length()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void secondsMillisecondsMicrosecondsAndNanosecondsAreToldBySize() {
    assertPlain(read(PLAIN));
    for (String zeros : List.of("000", "000000", "000000000")) {
      assertPlain(read(PLAIN.replaceAll("(?m)^(17\\d{8})", "$1" + zeros)));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2024-01-01T00:0%d:00Z",
        "2024-01-01 00:0%d:00",
        "2024-01-01 00:0%d",
        "2024-01-01 00:0%d:00.000000",
        "2024-01-01 01:0%d:00+01:00",
        "2024-01-01 00:0%d:00 UTC",
        "20240101 00:0%d",
        "2024.01.01 00:0%d",
        "2024-01-01 12:0%d AM",
      })
  void timesAreReadHoweverTheyAreWritten(String shape) {
    String text = PLAIN;
    for (int minute = 0; minute < 3; minute++) {
      text = text.replace("" + (1704067200 + 60 * minute), shape.formatted(minute));
    }
    assertPlain(read(text));
  }

  @Test
  void columnsAreFoundByTheirNamesBehindCommentsAndOtherColumns() {
    assertPlain(
        read(
            """
            # exported by somebody
            https://www.example.com
            "symbol";"Close";"Open Time";"Low";"High";"Open";"Volume USDT";"Volume BTC"
            BTCUSDT;11;1704067200;9;12;10;99;1.5
            BTCUSDT;12;1704067260;10;13;11;99;2.5
            BTCUSDT;13;1704067320;11;14;12;99;3.5
            """));
  }

  @Test
  void dateAndTimeMayStandInTwoColumns() {
    assertPlain(
        read(
            """
            <DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<VOL>
            2024.01.01\t00:00:00\t10\t12\t9\t11\t1.5
            2024.01.01\t00:01:00\t11\t13\t10\t12\t2.5
            2024.01.01\t00:02:00\t12\t14\t11\t13\t3.5
            """));
  }

  @Test
  void rowsWithoutAHeaderAreBinancesOrKrakens() {
    assertPlain(read(PLAIN.substring(PLAIN.indexOf('\n') + 1)));
    CandleFile binance =
        read(
            """
            1704067200000,10,12,9,11,1.5,1704067259999,16,7,1,10,0
            1704067260000,11,13,10,12,2.5,1704067319999,16,8,1,10,0
            1704067320000,12,14,11,13,3.5,1704067379999,16,9,1,10,0
            """);
    assertPlain(binance);
    assertThat(binance.bars().get(1).trades()).isEqualTo(8);
    CandleFile kraken =
        read(
            """
            1704067200,10,12,9,11,1.5,7
            1704067260,11,13,10,12,2.5,8
            1704067320,12,14,11,13,3.5,9
            """);
    assertPlain(kraken);
    assertThat(kraken.bars().get(1).trades()).isEqualTo(8);
  }

  @Test
  void jsonOfVenuesIsReadAtAnyDepth() {
    assertPlain(
        read(
            """
            {"error": [], "result": {"last": 1, "XXBTZUSD": [
              [1704067200, "10", "12", "9", "11", "10.5", "1.5", 7],
              [1704067260, "11", "13", "10", "12", "11.5", "2.5", 8],
              [1704067320, "12", "14", "11", "13", "12.5", "3.5", 9]]}}
            """));
    // Coinbase's REST: time, low, high, open, close, volume; newest first.
    CandleFile coinbase =
        read(
            """
            [[1704067320, 11, 14, 12, 13, 3.5],
             [1704067260, 10, 13, 11, 12, 2.5],
             [1704067200, 9, 12, 10, 11, 1.5]]
            """);
    assertThat(coinbase.bars().get(1).open()).isEqualByComparingTo("11");
    assertThat(coinbase.bars().get(1).low()).isEqualByComparingTo("10");
    assertThat(CandleFacts.of(coinbase).outOfOrder()).isEqualTo(2);
  }

  @Test
  void barsLabelledByTheirEndAreGivenTheirStart() {
    assertPlain(
        read(
            """
            {"ohlc": [
              {"endTime": 1704067259999, "openPrice": 10, "highPrice": 12, "lowPrice": 9,
               "closePrice": 11, "volume": 1.5, "amount": 0},
              {"endTime": 1704067319999, "openPrice": 11, "highPrice": 13, "lowPrice": 10,
               "closePrice": 12, "volume": 2.5, "amount": 0},
              {"endTime": 1704067379999, "openPrice": 12, "highPrice": 14, "lowPrice": 11,
               "closePrice": 13, "volume": 3.5, "amount": 0}]}
            """));
  }

  @Test
  void leansDayIsInTheEntrysName() {
    CandleFile minutes =
        read(
            zip(
                "20240101_btcusd_minute_trade.csv",
                "0,10,12,9,11,1.5\n60000,11,13,10,12,2.5\n120000,12,14,11,13,3.5\n"
                    .getBytes(UTF_8)));
    assertPlain(minutes);
    assertThat(minutes.kind()).isEqualTo(Kind.LEAN_TRADE);
  }

  @Test
  void leansQuotesAreReadAsTheirBids() {
    CandleFile quotes =
        read(
            zip(
                "20240101_btcusd_minute_quote.csv",
                """
                0,10,12,9,11,1.5,10.5,12.5,9.5,11.5,8
                60000,11,13,10,12,2.5,11.5,13.5,10.5,12.5,8
                120000,12,14,11,13,3.5,12.5,14.5,11.5,13.5,8
                """
                    .getBytes(UTF_8)));
    assertPlain(quotes);
    assertThat(quotes.kind()).isEqualTo(Kind.LEAN_QUOTE);
  }

  @Test
  void gzipOfAnythingIsOpened() {
    assertPlain(read(gzip(PLAIN.getBytes(UTF_8))));
  }

  @Test
  void theIntervalOfAThinMarketIsNotItsUsualDistance() {
    StringBuilder text = new StringBuilder("time,open,high,low,close,volume\n");
    Random random = new Random(5);
    long second = 1704067200;
    for (int i = 0; i < 400; i++) {
      text.append(second).append(",10,12,9,11,1\n");
      second += 1 + random.nextInt(30);
    }
    assertThat(read(text.toString()).interval().length()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void weeksBeginOnAMonday() {
    StringBuilder text = new StringBuilder("date,open,high,low,close,volume\n");
    for (int week = 0; week < 10; week++) {
      text.append(Instant.parse("2024-01-01T00:00:00Z").plus(Duration.ofDays(7 * week)))
          .append(",10,12,9,11,1\n");
    }
    CandleFile file = read(text.toString());
    assertThat(file.interval().length()).isEqualTo(Duration.ofDays(7));
    assertThat(CandleFacts.of(file).misaligned()).isZero();
  }

  @Test
  void daysMayBeCutInAnotherTimeZone() {
    StringBuilder text = new StringBuilder("time,open,high,low,close,volume\n");
    for (int day = 0; day < 10; day++) {
      text.append(1704038400 + 86400 * day).append(",10,12,9,11,1\n");
    }
    assertThat(CandleFacts.of(read(text.toString())).misaligned()).isZero();
    String minutesOffTheGrid = PLAIN.replaceAll("(?m)^(17\\d{7})\\d", "$15");
    assertThat(CandleFacts.of(read(minutesOffTheGrid)).misaligned()).isEqualTo(3);
  }

  // Broken files.

  @Test
  void anEmptyFileIsNamed() {
    assertThat(read("").damage()).containsExactly("it is empty");
    assertThat(read(gzip(new byte[0])).damage()).containsExactly("it is empty");
  }

  @Test
  void wrongColumnsAreNamedAndEveryRowIsCounted() {
    CandleFile file =
        read("time,bid,ask,spread,size,x\n1704067200,1,2,3,4,5\n1704067260,1,2,3,4,5\n");
    assertThat(file.damage())
        .containsExactly("it has no columns of time, open, high, low and close");
    assertThat(file.bars()).isEmpty();
    assertThat(file.unreadableCount()).isEqualTo(3);
    CandleFile trades =
        read("timestamp_ms,id,type,side,price,amount,cost\n1570752011620,1,,sell,0.1,23.0,0.3\n");
    assertThat(trades.damage()).isNotEmpty();
  }

  @Test
  void binaryGarbageIsNoCandleFile() {
    byte[] garbage = new byte[50_000];
    new Random(1).nextBytes(garbage);
    garbage[0] = 'x';
    CandleFile file = read(garbage);
    assertThat(file.damage()).isNotEmpty();
    assertThat(file.bars()).isEmpty();
  }

  @Test
  void rowsThatAreNoBarsAreKeptWithWhatIsWrong() {
    CandleFile file =
        read(
            PLAIN
                + "1704067380,NaN,14,11,13,3.5\n1704067440,12,14\nyesterday,12,14,11,13,3.5\n"
                + "1704067500,12,1e999999999,11,13,3.5\n1704067560,12,14,11,13,\n1e999999,12,14,11,13,1\n");
    assertThat(file.bars()).hasSize(3);
    assertThat(file.unreadable())
        .extracting(UnreadableRow::line)
        .containsExactly(5L, 6L, 7L, 8L, 9L, 10L);
    assertThat(file.unreadable())
        .extracting(UnreadableRow::problem)
        .containsExactly(
            "open is no finite number: NaN",
            "3 columns, not 6",
            "not a time: yesterday",
            "high is no finite number: 1e999999999",
            "volume is no finite number: ",
            "no time of a market: 1e999999");
    CandleReport report = new CandleReview(file, null, NOW).report(1);
    assertThat(report.rows()).isEqualTo(9);
    assertThat(report.quarantined())
        .hasSize(6)
        .allSatisfy(row -> assertThat(row.reason()).isEqualTo(QualityReason.SCHEMA));
    assertThat(report.accepted()).isEqualTo(3);
  }

  @Test
  void noRowIsLostUncountedWhereverItIsBroken() {
    String lean = "0,10,x,9,11,1.5\n60000,11,13,10,12,2.5\n120000,12,14,11,13,3.5\n";
    CandleFile firstBroken = read(zip("20240101_btcusd_minute_trade.csv", lean.getBytes(UTF_8)));
    assertThat(firstBroken.bars()).hasSize(2);
    assertThat(firstBroken.unreadable()).extracting(UnreadableRow::line).containsExactly(1L);
    CandleFile shortRows = read("[[1704067200,10],[1704067260,11,13,10,12,2],[1704067320,12,14]]");
    assertThat(shortRows.bars()).hasSize(1);
    assertThat(shortRows.unreadableCount()).isEqualTo(2);
  }

  @Test
  void aGzipWithABrokenTailGivesTheRowsBeforeIt() {
    StringBuilder text = new StringBuilder("time,open,high,low,close,volume\n");
    Random random = new Random(3);
    for (int i = 0; i < 5000; i++) {
      text.append(1704067200 + 60 * i)
          .append(",10,12,9,11,")
          .append(random.nextInt(1_000_000))
          .append('\n');
    }
    byte[] whole = gzip(text.toString().getBytes(UTF_8));
    CandleFile file = read(Arrays.copyOf(whole, whole.length / 2));
    assertThat(file.damage()).hasSize(1).allMatch(d -> d.startsWith("the packed file is broken"));
    assertThat(file.bars()).hasSizeBetween(1000, 4000);
    assertThat(file.unreadable()).as("the row that it breaks off in").hasSize(1);

    byte[] zipped = zip("20240101_x_minute_trade.csv", text.toString().getBytes(UTF_8));
    CandleFile zip = read(Arrays.copyOf(zipped, zipped.length / 2));
    assertThat(zip.damage()).isNotEmpty();
    assertThat(zip.bars()).hasSizeBetween(1000, 4000);

    byte[] flipped = whole.clone();
    flipped[whole.length / 2] ^= 0x55;
    assertThat(read(flipped).damage()).isNotEmpty();
  }

  @Test
  void jsonThatBreaksOffGivesTheRowsBeforeIt() {
    CandleFile file = read("[[1704067200,10,12,9,11,1],[1704067260,11,13,10,12,2],[17040673");
    assertThat(file.bars()).hasSize(2);
    assertThat(file.damage()).hasSize(1);
    CandleFile other = read("{\"hello\": [1, 2, 3]}");
    assertThat(other.damage()).containsExactly("it has no rows of time, open, high, low and close");
  }

  @Test
  void aZipBombIsBounded() {
    byte[] zeros = new byte[80 << 20];
    Arrays.fill(zeros, (byte) '\n');
    CandleFile bomb = read(zip("20240101_x_minute_trade.csv", zeros));
    assertThat(bomb.damage()).hasSize(1).allMatch(d -> d.contains("unpacks to more than"));
    assertThat(read(gzip(zeros)).damage()).allMatch(d -> d.contains("unpacks to more than"));
  }

  @Property(tries = 150)
  void noDamageBreaksTheProgram(
      @ForAll @IntRange(max = 5) int shape,
      @ForAll @IntRange(max = 2_000) int at,
      @ForAll @IntRange(max = 255) int value,
      @ForAll boolean cut)
      throws IOException {
    String json =
        "{\"candles\":[{\"start\":\"1463544000\",\"low\":\"455.3\",\"high\":\"456.81\","
            + "\"open\":\"456.16\",\"close\":\"456.02\",\"volume\":\"561.88\"}]}";
    byte[] content =
        switch (shape) {
          case 0 -> PLAIN.getBytes(UTF_8);
          case 1 -> gzip(PLAIN.getBytes(UTF_8));
          case 2 -> zip("20240101_x_minute_trade.csv", "0,10,12,9,11,1\n".getBytes(UTF_8));
          case 3 -> json.getBytes(UTF_8);
          case 4 -> gzip(json.getBytes(UTF_8));
          default -> "[[1704067200,10,12,9,11,1],[1704067260,11,13,10,12,2]]".getBytes(UTF_8);
        };
    int position = at % content.length;
    content[position] = (byte) value;
    Path file = Files.createTempFile("damaged", ".file");
    try {
      Files.write(file, cut ? Arrays.copyOf(content, position) : content);
      CandleReport report = new CandleReview(CandleFile.read(file, _ -> {}), null, NOW).report(1);
      assertThat(report.accepted() + report.rejected() + report.quarantined().size())
          .isEqualTo(report.rows());
    } finally {
      Files.delete(file);
    }
  }
}
