package dev.papertape.command.market.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.market.VenueInput;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Venue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our own recorder's files as a crash, a lost connection or a damaged disk leaves them. */
class BrokenOffRecordingTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  /** BTC-USDT has a book at update 4, best bid 100.00 x 3. */
  private static final List<String> GOOD =
      List.of(
          diff(0, 1, 2, "100.00", "1"),
          snapshot(100, 2, "100.00"),
          diff(200, 3, 3, "100.00", "2"),
          diff(300, 4, 4, "100.00", "3"));

  /** The next connection: its snapshot comes before its first change, as with a quiet symbol. */
  private static final List<String> NEXT =
      List.of(
          snapshot(20_000, 50, "150.00"),
          diff(21_000, 51, 51, "150.00", "4"),
          diff(22_000, 52, 52, "150.00", "5"));

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5, 10})
  void Bug_4_fileThatBrokeOffBeforeItsFirstFrameIsNamedAndTheOthersPlay(int bytes)
      throws IOException {
    Path killed = file("killed.gz", Arrays.copyOf(gzip(header(0), GOOD), bytes));
    Path good = file("good.gz", gzip(header(0), GOOD));

    PlayReport report = RecordedFeedTest.play(List.of(good, killed));

    assertThat(report.damaged()).containsExactly("killed.gz: it holds no frame");
    assertThat(report.books().getFirst().state()).isEqualTo(BookState.SYNCED);
    assertThat(report.books().getFirst().lastUpdateId()).isEqualTo(4);
    assertThatThrownBy(() -> RecordedFeedTest.play(List.of(killed)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(killed + " holds no frame");
  }

  @Test
  void Bug_4_endOfASocketIsPlayedSoThatTheNextConnectionsSnapshotCounts() throws IOException {
    List<String> ended = new ArrayList<>(GOOD);
    ended.add(stamp(400) + "closed reset by peer");
    Path first = file("first.gz", gzip(header(0), ended));
    Path second = file("second.gz", gzip(header(19_000), NEXT));

    PlayReport.Book book = RecordedFeedTest.play(List.of(first, second)).books().getFirst();

    assertThat(book.state()).isEqualTo(BookState.SYNCED);
    assertThat(book.lastUpdateId()).isEqualTo(52);
    assertThat(book.gaps()).isZero();
    assertThat(book.resyncs()).isEqualTo(1);
    assertThat(inputs(first))
        .last()
        .isInstanceOfSatisfying(
            VenueInput.SocketClosed.class,
            closed -> {
              assertThat(closed.reason()).isEqualTo("reset by peer");
              assertThat(closed.receivedAt()).isEqualTo(START.plusMillis(400));
            });
  }

  @Test
  void Bug_4_connectionOfAKilledRecorderEndsWhenTheNextFileBegins() throws IOException {
    Path first = file("first.gz", gzip(header(0), GOOD));
    Path second = file("second.gz", gzip(header(19_000), NEXT));

    for (List<Path> order : List.of(List.of(first, second), List.of(second, first))) {
      PlayReport.Book book = RecordedFeedTest.play(order).books().getFirst();
      assertThat(book.state()).isEqualTo(BookState.SYNCED);
      assertThat(book.lastUpdateId()).isEqualTo(52);
      assertThat(book.gaps()).isZero();
    }
  }

  @Test
  void captureThatConnectsAnewClosesItsSocketFirst() throws IOException {
    String connect = "wss://ws.kraken.com <-> %s";
    String heartbeat = "%s: {\"event\":\"heartbeat\"}";
    Path capture =
        Files.writeString(
            folder.resolve("kraken.txt"),
            String.join(
                "\n",
                connect.formatted("1618678132.1"),
                heartbeat.formatted("1618678132.2"),
                connect.formatted("1618678132.3"),
                heartbeat.formatted("1618678132.4"),
                ""));
    assertThat(inputs(capture).stream().map(Object::getClass).map(Class::getSimpleName))
        .containsExactly(
            "InstrumentsListed",
            "SocketOpened",
            "OtherFrame",
            "SocketClosed",
            "SocketOpened",
            "OtherFrame");
  }

  @Test
  void unreadableLinesWithoutEndArePlayedAsTheyCome() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      lines.add("garbage " + i);
    }
    lines.addAll(GOOD);
    PlayReport report = play(lines);
    assertThat(report.malformed()).isEqualTo(1000);
    assertThat(report.books().getFirst().lastUpdateId()).isEqualTo(4);
  }

  @Test
  @Timeout(20)
  void Bug_4_errorOfADecodingThreadReachesTheReader() throws IOException {
    Map<Venue, Map<String, InstrumentRules>> breaking =
        new HashMap<>() {
          @Override
          public Map<String, InstrumentRules> getOrDefault(
              Object venue, Map<String, InstrumentRules> usual) {
            throw new AssertionError("out of memory, say");
          }
        };
    String unstated = header(0).replaceFirst(",\"instruments.*", "}");
    Path file = file("good.gz", gzip(unstated, GOOD));
    try (RecordedFeed feed =
        RecordedFeed.open(List.of(file), new RecordedVenues(Map.of(), Map.of(), breaking))) {
      assertThatThrownBy(() -> feed.forEachRemaining(input -> {}))
          .isInstanceOf(AssertionError.class)
          .hasMessage("out of memory, say");
    }
  }

  @Test
  void bookAtTheEndOfARecordingIsNotClosed() throws IOException {
    Path only = file("only.gz", gzip(header(0), GOOD));
    assertThat(inputs(only)).noneMatch(VenueInput.SocketClosed.class::isInstance);
  }

  /** 1767225600200000000 with its second digit changed is of the year 2029. */
  @Test
  void Bug_4_wrongReceiveTimeIsThatOfTheLineBeforeAndNamed() throws IOException {
    List<String> lines = new ArrayList<>(GOOD);
    String right = lines.get(2);
    lines.set(2, right.charAt(0) + "8" + right.substring(2));

    PlayReport report = play(lines);
    List<VenueInput> inputs = inputs(folder.resolve("played.gz"));

    assertThat(report.damaged())
        .containsExactly(
            "played.gz: receive times that cannot be right: 1, the first "
                + Instant.ofEpochSecond(1_867_225_600L, 200_000_000));
    assertThat(report.malformed()).isZero();
    assertThat(report.books().getFirst().state()).isEqualTo(BookState.SYNCED);
    assertThat(report.books().getFirst().applied()).isEqualTo(2);
    assertThat(inputs)
        .extracting(VenueInput::receivedAt)
        .allMatch(at -> !at.isAfter(START.plusMillis(300)));
    assertThat(inputs)
        .filteredOn(VenueInput.DepthDiff.class::isInstance)
        .extracting(VenueInput::receivedAt)
        .containsExactly(START, START.plusMillis(100), START.plusMillis(300));
  }

  @Test
  void Bug_4_receiveTimeThatFallsBackIsThatOfTheLineBefore() throws IOException {
    List<String> lines = new ArrayList<>(GOOD);
    String right = lines.get(2);
    lines.set(2, right.charAt(0) + "6" + right.substring(2));

    assertThat(play(lines).damaged()).singleElement().asString().contains("cannot be right: 1,");
    assertThat(inputs(folder.resolve("played.gz")))
        .extracting(VenueInput::receivedAt)
        .allMatch(at -> !at.isBefore(START));
  }

  @Test
  void Bug_4_firstReceiveTimeThatIsWrongIsThatOfTheNextLine() throws IOException {
    List<String> lines = new ArrayList<>(GOOD);
    String right = lines.getFirst();
    lines.set(0, right.charAt(0) + "8" + right.substring(2));

    assertThat(play(lines).damaged()).singleElement().asString().contains("cannot be right: 1,");
    assertThat(inputs(folder.resolve("played.gz")))
        .extracting(VenueInput::receivedAt)
        .allMatch(at -> !at.isAfter(START.plusMillis(300)));
  }

  @Test
  void gapOfHoursIsNoDamage() throws IOException {
    List<String> lines = new ArrayList<>(GOOD);
    lines.add(diff(Duration.ofHours(5).toMillis(), 5, 5, "100.00", "4"));
    lines.add(diff(Duration.ofHours(5).toMillis() + 100, 6, 6, "100.00", "5"));

    PlayReport report = play(lines);

    assertThat(report.damaged()).isEmpty();
    assertThat(inputs(folder.resolve("played.gz")))
        .last()
        .extracting(VenueInput::receivedAt)
        .isEqualTo(START.plus(Duration.ofHours(5)).plusMillis(100));
  }

  @Test
  void Bug_4_unreadableLineOfAKrakenRecordingBreaksItsBooks() throws IOException {
    CRC32 crc = new CRC32();
    crc.update("101010100010".getBytes(StandardCharsets.US_ASCII));
    String book =
        stamp(0)
            + "{\"channel\":\"book\",\"type\":\"snapshot\",\"data\":[{\"symbol\":\"BTC/USD\","
            + "\"bids\":[{\"price\":100.0,\"qty\":1.0}],\"asks\":[{\"price\":101.0,\"qty\":1.0}],"
            + "\"checksum\":"
            + crc.getValue()
            + "}]}";
    String damaged =
        "x"
            + stamp(1000)
            + "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\","
            + "\"bids\":[{\"price\":100.0,\"qty\":0}],\"asks\":[],\"checksum\":1}]}";
    String header = header(0).replace("BINANCE_SPOT", "KRAKEN").replace("BTCUSDT", "BTC/USD");
    String heartbeat = stamp(2000) + "{\"channel\":\"heartbeat\"}";

    PlayReport whole = play(header.replace("BTC-USDT", "BTC-USD"), List.of(book, heartbeat));
    assertThat(whole.books().getFirst().state()).isEqualTo(BookState.SYNCED);

    PlayReport report =
        play(header.replace("BTC-USDT", "BTC-USD"), List.of(book, damaged, heartbeat));
    assertThat(report.malformed()).isEqualTo(1);
    assertThat(report.books().getFirst().state()).isEqualTo(BookState.RESYNCING);
  }

  /** The broken line is looked at when the next, which is cut, has told that its time is right. */
  @Test
  void brokenLineBeforeACutOneIsNotTakenForTheCutOne() throws IOException {
    List<String> lines = new ArrayList<>(GOOD);
    lines.add(diff(5_000, 5, 5, "100.00", "3").replace("\"3\"]]", "\"x\"]]"));
    String cut = diff(5_100, 6, 6, "100.00", "3").substring(0, 60);
    Path file =
        Files.writeString(
            folder.resolve("cut.txt"), header(0) + "\n" + String.join("\n", lines) + "\n" + cut);

    PlayReport report = RecordedFeedTest.play(List.of(file));

    assertThat(report.malformed()).isEqualTo(2);
    assertThat(report.damaged()).containsExactly("cut.txt: its last line is cut off");
    assertThat(report.books().getFirst().state()).isEqualTo(BookState.RESYNCING);
  }

  private PlayReport play(List<String> lines) throws IOException {
    return play(header(0), lines);
  }

  private PlayReport play(String header, List<String> lines) throws IOException {
    return RecordedFeedTest.play(List.of(file("played.gz", gzip(header, lines))));
  }

  private static List<VenueInput> inputs(Path file) throws IOException {
    List<VenueInput> inputs = new ArrayList<>();
    try (RecordedFeed feed = RecordedFeed.open(List.of(file), RecordedVenues.defaults())) {
      feed.forEachRemaining(inputs::add);
    }
    return inputs;
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static byte[] gzip(String header, List<String> lines) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write((header + "\n").getBytes(StandardCharsets.UTF_8));
      for (String line : lines) {
        gzip.write((line + "\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static String header(long startedMillis) {
    return "{\"venue\":\"V\",\"wire\":\"BINANCE_SPOT\",\"symbols\":[\"BTC-USDT\"],\"started\":\""
        + START.plusMillis(startedMillis)
        + "\",\"build\":\"x\",\"address\":\"wss://v\",\"instruments\":[{\"symbol\":\"BTC-USDT\","
        + "\"wireSymbol\":\"BTCUSDT\",\"tickSize\":\"0.01\",\"lotSize\":\"0.001\","
        + "\"minNotional\":\"5\"}]}";
  }

  private static String diff(long millis, long first, long last, String bid, String quantity) {
    return stamp(millis)
        + "{\"stream\":\"btcusdt@depth@100ms\",\"data\":{\"e\":\"depthUpdate\","
        + "\"E\":1767225600000,\"s\":\"BTCUSDT\",\"U\":%d,\"u\":%d,\"b\":[[\"%s\",\"%s\"]],\"a\":[]}}"
            .formatted(first, last, bid, quantity);
  }

  private static String snapshot(long millis, long lastUpdateId, String bid) {
    return stamp(millis)
        + "http://v/api/v3/depth?symbol=BTCUSDT&limit=1000 "
        + "{\"lastUpdateId\":%d,\"bids\":[[\"%s\",\"1\"]],\"asks\":[[\"200.00\",\"1\"]]}"
            .formatted(lastUpdateId, bid);
  }

  private static String stamp(long millis) {
    return (START.toEpochMilli() + millis) * 1_000_000L + " ";
  }
}
