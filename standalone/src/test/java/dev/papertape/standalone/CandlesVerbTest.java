package dev.papertape.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandlesVerbTest {

  /** Two minutes missing, a row that comes twice, one that cannot be, one that is cut. */
  private static final String CANDLES =
      """
      time,open,high,low,close,volume
      1704067200,10,12,9,11,1.5
      1704067260,11,13,10,12,0
      1704067260,11,13,10,12,0
      1704067440,12,11,14,13,3.5
      1704067500,12,14,11,13,0.25
      1704067560,12,1
      """;

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(Object... arguments) {
    return Papertape.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Stream.concat(Stream.of("candles"), Stream.of(arguments).map(Object::toString))
            .toArray(String[]::new));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private List<JsonNode> printed() throws IOException {
    List<JsonNode> objects = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      objects.add(new ObjectMapper().readTree(line));
    }
    return objects;
  }

  @Test
  void printsOneObjectAFile() throws IOException {
    Path file = file("some.csv", CANDLES);
    assertThat(run(file, "--json")).isZero();
    JsonNode report = printed().getFirst();
    assertThat(report.get("file").asText()).isEqualTo(file.toString());
    assertThat(report.get("rows").asLong()).isEqualTo(6);
    assertThat(report.get("first").asText()).isEqualTo("2024-01-01T00:00:00Z");
    assertThat(report.get("last").asText()).isEqualTo("2024-01-01T00:05:00Z");
    assertThat(report.get("intervalMs").asLong()).isEqualTo(60_000);
    assertThat(report.get("outOfOrder").asLong()).isZero();
    assertThat(report.get("duplicates").asLong()).isEqualTo(1);
    assertThat(report.get("misaligned").asLong()).isZero();
    assertThat(report.get("gapCount").asLong()).isEqualTo(1);
    assertThat(report.get("missingBars").asLong()).isEqualTo(2);
    assertThat(report.at("/gaps/0/from").asText()).isEqualTo("2024-01-01T00:02:00Z");
    assertThat(report.at("/gaps/0/missing").asLong()).isEqualTo(2);
    assertThat(report.get("zeroVolume").asLong()).isEqualTo(2);
    assertThat(report.get("ohlcInconsistent").asLong()).isEqualTo(1);
    assertThat(report.get("low").asText()).isEqualTo("9");
    assertThat(report.get("high").asText()).isEqualTo("14");
    assertThat(report.get("sumVolume").asText()).isEqualTo("5.25");
    // The venue writes bars without trades: the hole is one, told at the bar that follows it.
    assertThat(report.get("flagged").asLong()).isEqualTo(1);
    assertThat(report.get("accepted").asLong()).isEqualTo(3);
    assertThat(report.get("rejected").asLong()).isEqualTo(1);
    assertThat(report.at("/quarantined/0/openTime").asText()).isEqualTo("2024-01-01T00:04:00Z");
    assertThat(report.at("/quarantined/0/reason").asText()).isEqualTo("OHLC_INCONSISTENT");
    assertThat(report.at("/quarantined/0/values/low").asText()).isEqualTo("14");
    assertThat(report.at("/quarantined/1/openTime").isNull()).isTrue();
    assertThat(report.at("/quarantined/1/reason").asText()).isEqualTo("SCHEMA");
    assertThat(report.at("/quarantined/1/values/raw").asText()).isEqualTo("1704067560,12,1");
    assertThat(report.get("rowsPerSecond").asLong()).isPositive();
  }

  @Test
  void goesOnBehindAFileThatHoldsNoCandlesAndFailsTheCheck() throws IOException {
    Path wrong = file("wrong.csv", "name,colour\nApple,green\n");
    Path empty = file("empty.csv", "");
    Path good = file("good.csv", CANDLES);
    assertThat(run(wrong, empty, good)).isEqualTo(1);
    assertThat(printed())
        .extracting(report -> report.at("/damage/0").asText())
        .containsExactly("it has no columns of time, open, high, low and close", "it is empty", "");
    assertThat(printed().get(2).get("accepted").asLong()).isEqualTo(3);
  }

  @Test
  void saysInOneSentenceWhyItCouldNotRun() throws IOException {
    assertThat(run(folder.resolve("nowhere.csv"))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("There is no file").hasLineCount(1);
    err.reset();
    Path empty = file("empty.csv", "");
    assertThat(run(file("good.csv", CANDLES), "--confirm", empty)).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("holds no candles").hasLineCount(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void aFileUnderTwoVenuesNamesIsFoundOut() throws IOException {
    StringBuilder text = new StringBuilder("time,open,high,low,close,volume\n");
    for (int i = 0; i < 40; i++) {
      text.append(1704067200 + 60 * i)
          .append(",100,100.%02d,99.5,100.05,%d.123\n".formatted(6 + i, i + 1));
    }
    assertThat(run(file("venue-a.csv", text.toString()), file("venue-b.csv", text.toString())))
        .isZero();
    assertThat(printed())
        .hasSize(2)
        .allSatisfy(
            report -> {
              assertThat(report.at("/clones/0/identical").asLong()).isEqualTo(40);
              assertThat(report.at("/byReason/CLONED_STREAM").asLong()).isEqualTo(40);
            });
  }
}
