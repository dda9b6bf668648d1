package dev.papertape.eventstore.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  private final CanonicalJson json = new CanonicalJson();

  record Fill(
      BigDecimal price, double feeBps, @Nullable Long sequence, Instant at, List<String> tags) {}

  @JsonPropertyOrder({"z", "a"})
  record OrderedByHand(int a, int z) {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  record Typed(int amount, Instant zone) {}

  enum Colour {
    RED,
    BLUE
  }

  record Coloured(EnumMap<Colour, Integer> counts) {}

  @ParameterizedTest
  @ValueSource(strings = {"arrays", "french", "structures", "unicode", "values", "weird"})
  void canonicalizesThePublishedVectors(String vector) throws IOException {
    Path input = SharedFiles.path("jcs/input/" + vector + ".json");
    Path output = SharedFiles.path("jcs/output/" + vector + ".json");

    assertThat(json.canonicalize(Files.readAllBytes(input))).isEqualTo(Files.readAllBytes(output));
  }

  @Test
  void writesNumbersAsEcmaScriptDoes() throws IOException {
    List<String> lines = Files.readAllLines(SharedFiles.path("jcs/es6_numbers_1000.txt"));

    assertThat(lines).hasSize(1000);
    for (String line : lines) {
      String[] bitsAndText = line.split(",");
      double number = Double.longBitsToDouble(Long.parseUnsignedLong(bitsAndText[0], 16));
      assertThat(text(number)).isEqualTo(bitsAndText[1]);
    }
  }

  @Test
  void writesRecordsSortedWithDecimalsAndTimesAsText() {
    Fill fill =
        new Fill(
            new BigDecimal("1E+3"),
            2.50,
            null,
            Instant.parse("2026-01-02T03:04:05Z"),
            List.of("b", "a"));

    assertThat(text(fill))
        .isEqualTo(
            "{\"at\":\"2026-01-02T03:04:05.000Z\",\"feeBps\":2.5,\"price\":\"1000\","
                + "\"sequence\":null,\"tags\":[\"b\",\"a\"]}");
    assertThat(json.read(json.write(fill), Fill.class).at()).isEqualTo(fill.at());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-01-02T03:04:05.000Z",
        "2026-01-02T03:04:05.600Z",
        "2026-01-02T03:04:05.600001Z",
        "2026-01-02T03:04:05.600000001Z"
      })
  void writesTimesWithAsFewGroupsOfThreeDigitsAsTheyNeed(String time) {
    assertThat(text(Instant.parse(time))).isEqualTo('"' + time + '"');
  }

  @Test
  void sortsWhatAClassWantsInAnotherOrder() {
    assertThat(text(new OrderedByHand(1, 2))).isEqualTo("{\"a\":1,\"z\":2}");
  }

  @Test
  void sortsTypeIdsAndEnumKeysToo() {
    assertThat(text(new Typed(1, Instant.EPOCH)))
        .isEqualTo(
            "{\"amount\":1,\"type\":\"CanonicalJsonTest$Typed\","
                + "\"zone\":\"1970-01-01T00:00:00.000Z\"}");
    assertThat(text(new Coloured(new EnumMap<>(Map.of(Colour.RED, 1, Colour.BLUE, 2)))))
        .isEqualTo("{\"counts\":{\"BLUE\":2,\"RED\":1}}");
  }

  @Test
  void escapesOnlyWhatItMustAndKeepsCharactersBeyondTheBmpWhole() {
    assertThat(text("\u0000\b\t\n\f\r\u001f\"\\/\u007f€😂"))
        .isEqualTo("\"\\u0000\\b\\t\\n\\f\\r\\u001f\\\"\\\\/\u007f€😂\"");
  }

  @Test
  void refusesToWriteWhatHasNoCanonicalForm() {
    assertThatThrownBy(() -> json.write(Double.NaN)).isInstanceOf(NotCanonicalException.class);
    assertThatThrownBy(() -> json.write(Double.NEGATIVE_INFINITY))
        .isInstanceOf(NotCanonicalException.class);
    assertThatThrownBy(() -> json.write((1L << 53) + 1))
        .isInstanceOf(NotCanonicalException.class)
        .hasMessageContaining("2^53");
    assertThatThrownBy(() -> json.write("\uD83D")).isInstanceOf(NotCanonicalException.class);
    assertThatThrownBy(() -> json.write("\uDE02x")).isInstanceOf(NotCanonicalException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":1,\"\\u0061\":2}",
        "[\"\\ud83d\"]",
        "[\"\\ude02\\ud83d\"]",
        "{\"\\udead\":0}",
        "9007199254740993",
        "-9007199254740993",
        "1e400",
        "NaN",
        "{} {}",
        "[1,]",
        "[01]",
        "{'a':1}",
        "",
        "  "
      })
  void refusesTextThatTwoReadersCouldTakeDifferently(String text) {
    assertThatThrownBy(() -> json.canonicalize(text.getBytes(UTF_8)))
        .isInstanceOf(NotCanonicalException.class);
  }

  @Test
  void refusesBrokenUtf8() {
    byte[] overlongSlash = {'"', (byte) 0xC0, (byte) 0xAF, '"'};
    byte[] surrogateAsBytes = {'"', (byte) 0xED, (byte) 0xA0, (byte) 0xBD, '"'};

    assertThatThrownBy(() -> json.canonicalize(overlongSlash))
        .isInstanceOf(NotCanonicalException.class);
    assertThatThrownBy(() -> json.canonicalize(surrogateAsBytes))
        .isInstanceOf(NotCanonicalException.class);
  }

  @Test
  void readsAnIntegerOfUpTo21DigitsAsItWritesIt_bug_3_canonicalFormRefused() {
    assertThat(canonical("[-9.999999999999999e20]")).isEqualTo("[-999999999999999900000]");
    assertThat(canonical("[-999999999999999900000]")).isEqualTo("[-999999999999999900000]");
  }

  @Test
  void keepsLargeIntegersThatADoubleHolds() {
    assertThat(canonical("[9007199254740992, 18014398509481984, 1E30]"))
        .isEqualTo("[9007199254740992,18014398509481984,1e+30]");
  }

  @Test
  void hashesLikeTheStandardSays() {
    assertThat(CanonicalJson.sha256Hex("abc".getBytes(UTF_8)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  private String text(Object value) {
    return new String(json.write(value), UTF_8);
  }

  private String canonical(String text) {
    return new String(json.canonicalize(text.getBytes(UTF_8)), UTF_8);
  }
}
