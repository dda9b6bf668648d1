package dev.papertape.command.market.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.SocketClosed;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.coinbase.CoinbaseDecoder;
import dev.papertape.command.market.kraken.KrakenDecoder;
import dev.papertape.command.market.kraken.KrakenV1Decoder;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.command.market.wire.PairNames;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** Frames as they stand on the wire, decoded into books: what is lost, and what must not be. */
class WireToBooksTest {
  private static final Venue VENUE = new Venue("V");
  private static final Symbol BTC = new Symbol("BTC-USD");
  private static final Symbol ETH = new Symbol("ETH-USD");

  /**
   * Of a book of bid 100.0 x 1.0 and ask 101.0 x 1.0: asks first, points and zeros in front off.
   */
  private static final long CHECKSUM = crc("1010" + "10" + "1000" + "10");

  private final List<Long> asked = new ArrayList<>();
  private VenueBooks books = books(MarketLimits.defaults());
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private long ordinal;
  private FrameDecoder decoder = new CoinbaseDecoder(new PairNames('-', Map.of()));

  @Test
  void Bug_4_coinbaseNumberThatFallsBackBreaksTheBookAndALaterSnapshotHealsIt() {
    connect(BTC);
    coinbaseBook(0);
    coinbase(1, "update", level("bid", "99", "1"));
    coinbase(2, "update", level("bid", "98", "1"));
    assertThat(state(BTC)).isEqualTo(BookState.SYNCED);

    coinbase(1, "update", level("bid", "100", "0"));

    assertThat(state(BTC)).isEqualTo(BookState.RESYNCING);
    now = now.plusSeconds(1);
    tick();
    assertThat(asked).hasSize(1);
    coinbaseBook(2);
    assertThat(state(BTC)).isEqualTo(BookState.SYNCED);
  }

  @Test
  void Bug_4_frameWithAnAbsurdNumberDoesNotWedgeTheVenue() {
    connect(BTC);
    coinbaseBook(0);
    coinbase(900_000, "update", level("bid", "99", "1"));
    assertThat(state(BTC)).isEqualTo(BookState.RESYNCING);
    coinbase(2, "update", level("bid", "99", "1"));
    coinbaseBook(3);
    coinbase(4, "update", level("bid", "99", "1"));

    assertThat(state(BTC)).isEqualTo(BookState.SYNCED);
    assertThat(report(BTC).levels()).containsExactly(2, 1);
  }

  @Test
  void Bug_4_outOfOrderFramesSnapshotIsTaken() {
    connect(BTC);
    coinbaseBook(7);
    coinbase(8, "update", level("bid", "99", "1"));
    coinbaseBook(3);
    assertThat(state(BTC)).isEqualTo(BookState.SYNCED);
    assertThat(report(BTC).levels()).containsExactly(1, 1);
  }

  @Test
  void Bug_4_sameNumberAgainIsNotAppliedAndProvesNothing() {
    connect(BTC);
    coinbaseBook(0);
    coinbase(1, "update", level("bid", "99", "1"));
    coinbase(1, "update", level("bid", "100", "0"));

    assertThat(state(BTC)).isEqualTo(BookState.SYNCED);
    assertThat(report(BTC).levels()).containsExactly(2, 1);
    assertThat(report(BTC).applied()).isEqualTo(1);
    assertThat(books.book(VENUE, BTC).verifiedPercent()).isLessThan(100.0);
  }

  @Test
  void numbersOfANewConnectionStartAnew() {
    connect(BTC);
    coinbaseBook(5);
    apply(new SocketClosed(arrival(0), "cut"));
    apply(new SocketOpened(arrival(0), "wss://v"));
    coinbaseBook(5);
    coinbase(6, "update", level("bid", "99", "1"));
    assertThat(state(BTC)).as("not taken for the same number again").isEqualTo(BookState.SYNCED);
    assertThat(report(BTC).applied()).isEqualTo(1);
  }

  @Test
  void endOfAnotherConnectionLeavesTheBookAsItIs() {
    connect(BTC);
    coinbaseBook(0);
    apply(new SocketOpened(arrival(1), "wss://v"));
    apply(new SocketClosed(arrival(1), "cut"));
    assertThat(state(BTC)).isEqualTo(BookState.SYNCED);
  }

  @Test
  void bookThatGrowsBeyondAllMeasureIsDiscarded() {
    MarketLimits usual = MarketLimits.defaults();
    books =
        books(
            new MarketLimits(
                usual.bookStaleAfter(),
                usual.bookResyncAfter(),
                usual.socketIdleAfter(),
                usual.firstMessageWait(),
                usual.snapshotTimeout(),
                usual.snapshotBackoff(),
                usual.bufferedDiffs(),
                2));
    connect(BTC);
    coinbaseBook(0);
    coinbase(1, "update", level("bid", "99", "1"));
    assertThat(state(BTC)).isEqualTo(BookState.SYNCED);
    coinbase(2, "update", level("bid", "98", "1"));
    assertThat(state(BTC)).isEqualTo(BookState.RESYNCING);
  }

  @Test
  void Bug_4_coinbaseDepthWithoutANumberBreaksTheBook() {
    connect(BTC);
    coinbaseBook(0);
    frame(coinbaseFrame(1, "update", level("bid", "100", "0")).replace("\"sequence_num\":1,", ""));
    assertThat(state(BTC)).isEqualTo(BookState.RESYNCING);
    assertThat(books.malformedFrames()).isEqualTo(1);
  }

  @Test
  void Bug_4_unreadableFrameBreaksEveryBookOfItsConnectionThatIsNotNumbered() {
    krakenBooks();
    frame("{\"channel\":\"book\",\"type\":\"upd");
    assertThat(state(BTC)).isEqualTo(BookState.RESYNCING);
    assertThat(state(ETH)).isEqualTo(BookState.RESYNCING);
  }

  @Test
  void unreadableFrameOfAnotherConnectionBreaksNothing() {
    krakenBooks();
    apply(new MalformedFrame(arrival(1), null, "no JSON"));
    assertThat(state(BTC)).isEqualTo(BookState.SYNCED);
  }

  @Test
  void frameThatIsCertainlyNoDepthBreaksNothing() {
    krakenBooks();
    frame("{\"channel\":\"trade\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\"}]}");
    assertThat(books.malformedFrames()).isEqualTo(1);
    assertThat(state(BTC)).isEqualTo(BookState.SYNCED);
  }

  @Test
  void Bug_4_frameOfTwoBooksThatBreaksAtTheSecondIsLostToBoth() {
    krakenBooks();
    frame(
        "{\"channel\":\"book\",\"type\":\"update\",\"data\":[{\"symbol\":\"BTC/USD\",\"bids\":[],"
            + "\"asks\":[],\"checksum\":1},{\"symbol\":\"ETH/USD\",\"bids\":[{\"price\":-1,"
            + "\"qty\":0}],\"asks\":[],\"checksum\":1}]}");
    assertThat(state(BTC)).isEqualTo(BookState.RESYNCING);
    assertThat(state(ETH)).isEqualTo(BookState.RESYNCING);
  }

  @Test
  void Bug_4_krakenSnapshotWithAWrongChecksumIsNotTaken() {
    decoder = new KrakenDecoder(new PairNames('/', Map.of()));
    connect(BTC);
    frame(krakenSnapshot("BTC/USD", CHECKSUM + 1));
    assertThat(state(BTC)).isEqualTo(BookState.UNVERIFIABLE);
    assertThat(report(BTC).levels()).containsExactly(0, 0);
    assertThat(report(BTC).checksums()).isEqualTo(new BookReport.Checks(0, 1));
  }

  @Test
  void Bug_4_krakenBookWithoutAChecksumIsUnverifiableUntilOneComes() {
    decoder = new KrakenV1Decoder(new PairNames('/', Map.of("XBT", "BTC")));
    connect(BTC);
    frame(
        "[1,{\"as\":[[\"101.0\",\"1.0\",\"1.0\"]],\"bs\":[[\"100.0\",\"1.0\",\"1.0\"]]},"
            + "\"book-10\",\"XBT/USD\"]");
    assertThat(state(BTC)).isEqualTo(BookState.UNVERIFIABLE);
    String bid = "[1,{\"b\":[[\"99.0\",\"%s\",\"1.0\"]]%s},\"book-10\",\"XBT/USD\"]";
    frame(bid.formatted("2.0", ""));
    assertThat(state(BTC)).isEqualTo(BookState.UNVERIFIABLE);
    long crc = crc("1010" + "10" + "1000" + "10" + "990" + "30");
    frame(bid.formatted("3.0", ",\"c\":\"" + crc + "\""));
    assertThat(state(BTC)).isEqualTo(BookState.SYNCED);
    frame(bid.formatted("4.0", ""));
    assertThat(state(BTC)).isEqualTo(BookState.UNVERIFIABLE);
  }

  /** A request counts as unanswered after 10 s, and then waits 0.25 to 8 s: six at most in 60 s. */
  @Test
  void Bug_4_malformedFramesWhileASnapshotIsAwaitedDoNotMultiplyTheRequests() {
    connect(BTC);
    for (int i = 0; i < 600; i++) {
      now = now.plusMillis(100);
      apply(new MalformedFrame(arrival(0), BTC, "cut off"));
      tick();
    }
    assertThat(asked).hasSizeBetween(3, 6);
  }

  private VenueBooks books(MarketLimits limits) {
    VenueProfile profile =
        new VenueProfile(
            VENUE,
            VenueKind.LIVE,
            List.of("wss://v"),
            new VenueFees(1, 2),
            new VenueLatency(1, 2, 3),
            List.of("L2"),
            IntegrityScheme.SEQUENCE);
    return new VenueBooks(
        List.of(profile), limits, (venue, symbol, epoch) -> asked.add(epoch), new Random(1));
  }

  private void krakenBooks() {
    decoder = new KrakenDecoder(new PairNames('/', Map.of()));
    connect(BTC, ETH);
    frame(krakenSnapshot("BTC/USD", CHECKSUM));
    frame(krakenSnapshot("ETH/USD", CHECKSUM));
    assertThat(state(BTC)).isEqualTo(BookState.SYNCED);
    assertThat(state(ETH)).isEqualTo(BookState.SYNCED);
  }

  private static String krakenSnapshot(String symbol, long checksum) {
    return "{\"channel\":\"book\",\"type\":\"snapshot\",\"data\":[{\"symbol\":\""
        + symbol
        + "\",\"bids\":[{\"price\":100.0,\"qty\":1.0}],\"asks\":[{\"price\":101.0,\"qty\":1.0}],"
        + "\"checksum\":"
        + checksum
        + "}]}";
  }

  private static long crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.US_ASCII));
    return crc.getValue();
  }

  /** Bid 100 x 1, ask 101 x 1. */
  private void coinbaseBook(long number) {
    coinbase(number, "snapshot", level("bid", "100", "1") + "," + level("offer", "101", "1"));
  }

  private void coinbase(long number, String type, String levels) {
    frame(coinbaseFrame(number, type, levels));
  }

  private static String coinbaseFrame(long number, String type, String levels) {
    return "{\"channel\":\"l2_data\",\"timestamp\":\"2026-01-01T00:00:00Z\",\"sequence_num\":"
        + number
        + ",\"events\":[{\"type\":\""
        + type
        + "\",\"product_id\":\"BTC-USD\",\"updates\":["
        + levels
        + "]}]}";
  }

  private static String level(String side, String price, String quantity) {
    return "{\"side\":\"%s\",\"event_time\":\"2026-01-01T00:00:00Z\",\"price_level\":\"%s\",\"new_quantity\":\"%s\"}"
        .formatted(side, price, quantity);
  }

  private void connect(Symbol... symbols) {
    List<InstrumentRules> rules = new ArrayList<>();
    for (Symbol symbol : symbols) {
      rules.add(
          new InstrumentRules(
              symbol,
              symbol.value(),
              new BigDecimal("0.1"),
              new BigDecimal("0.1"),
              BigDecimal.ONE));
    }
    apply(new InstrumentsListed(arrival(0), rules));
    apply(new SocketOpened(arrival(0), "wss://v"));
  }

  private void frame(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    apply(decoder.decode(arrival(0), bytes, 0, bytes.length));
  }

  private void apply(VenueInput input) {
    books.apply(input, Silent.LISTENER);
  }

  private void tick() {
    books.tick(now, Silent.LISTENER);
  }

  private Arrival arrival(int source) {
    return new Arrival(VENUE, now, source, ordinal++);
  }

  private BookState state(Symbol symbol) {
    return books.book(VENUE, symbol).state(now);
  }

  private BookReport report(Symbol symbol) {
    return books.bookReports().stream()
        .filter(book -> book.symbol().equals(symbol))
        .findFirst()
        .orElseThrow();
  }

  private enum Silent implements MarketState.Listener {
    LISTENER;

    @Override
    public void fact(MarketEvent event) {}

    @Override
    public void bookChanged(BookView book) {}

    @Override
    public void traded(PublicTrade trade) {}
  }
}
