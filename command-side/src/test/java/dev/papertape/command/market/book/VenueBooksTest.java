package dev.papertape.command.market.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.Integrity.UpdateIds;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.Scale;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.SnapshotFailed;
import dev.papertape.command.market.VenueInput.SocketClosed;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.VenueInput.TopOfBook;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.MarketEvent.BookResynced;
import dev.papertape.contracts.market.MarketEvent.VenueConnected;
import dev.papertape.contracts.market.MarketEvent.VenueDisconnected;
import dev.papertape.contracts.market.MarketEvent.VenueRegistered;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.contracts.quality.StreamCounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One live venue, told frame by frame; every number by hand from market-wire.md. */
class VenueBooksTest {
  private static final Venue VENUE = new Venue("BINANCE");
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final List<MarketEvent> facts = new ArrayList<>();
  private final List<PublicTrade> trades = new ArrayList<>();
  private final List<BookState> changes = new ArrayList<>();
  private final List<Long> asked = new ArrayList<>();
  private VenueBooks books;
  private Instant now = START;
  private long ordinal;

  @BeforeEach
  void listedAndConnected() {
    VenueProfile profile =
        new VenueProfile(
            VENUE,
            VenueKind.LIVE,
            List.of("wss://venue"),
            new VenueFees(1, 2),
            new VenueLatency(1, 2, 3),
            List.of("L2"),
            IntegrityScheme.SEQUENCE);
    books =
        new VenueBooks(
            List.of(profile),
            MarketLimits.defaults(),
            (venue, symbol, epoch) -> asked.add(epoch),
            new Random(1));
    apply(new InstrumentsListed(arrival(), List.of(rules("0.01", "0.001"))));
    apply(new SocketOpened(arrival(), "wss://venue"));
  }

  @Test
  void listingAndOpeningAreFacts() {
    assertThat(facts).hasSize(2);
    assertThat(facts.get(0))
        .isInstanceOfSatisfying(
            VenueRegistered.class,
            registered -> {
              assertThat(registered.symbols()).containsExactly(rules("0.01", "0.001"));
              assertThat(registered.kind()).isEqualTo(VenueKind.LIVE);
            });
    assertThat(facts.get(1)).isEqualTo(new VenueConnected(VENUE, "wss://venue", 0, START));
    apply(new InstrumentsListed(arrival(), List.of(rules("0.01", "0.001"))));
    assertThat(facts).as("the same rules again are no news").hasSize(2);
  }

  @Test
  void rulesThatCannotBeScaledAreNotListed() {
    Symbol tiny = new Symbol("TINY-USDT");
    BigDecimal step = new BigDecimal("0.0000000000001");
    apply(
        new InstrumentsListed(
            arrival(), List.of(new InstrumentRules(tiny, "TINYUSDT", step, step, BigDecimal.ONE))));
    assertThat(books.book(VENUE, tiny)).isNull();
    assertThat(facts).hasSize(2);
  }

  @Test
  void withoutASnapshotABookIsUnverifiable() {
    apply(diff(101, 105, "100.00", "1"));

    assertThat(state()).isEqualTo(BookState.UNVERIFIABLE);
    assertThat(view().sequence()).isNull();
    assertThat(view().verifiedPercent()).as("its only message still waits").isNull();
  }

  @Test
  void buffersAsksBridgesAndIsSynced() {
    apply(diff(95, 98, "99.00", "1"));
    apply(diff(99, 102, "99.50", "2"));
    assertThat(asked).as("asked at the first message, once").hasSize(1);
    at(300);
    apply(snapshot(100, asked.getFirst()));

    assertThat(state()).isEqualTo(BookState.SYNCED);
    assertThat(view().sequence()).isEqualTo(102);
    assertThat(view().book().price(BookSide.BID, 0)).isEqualTo(9_950);
    assertThat(report().staleDropped()).isEqualTo(1);
    assertThat(report().applied()).isEqualTo(1);
    assertThat(report().resyncs()).isZero();
    assertThat(view().verifiedPercent()).isEqualTo(100.0);
    assertThat(facts.getLast())
        .isEqualTo(
            new BookResynced(VENUE, BTC, "INITIAL", null, 100L, 1, START, START.plusMillis(300)));
  }

  @Test
  void gapDiscardsTheBookAndAsksAnew() {
    settle();
    at(1000);
    apply(diff(126, 127, "99.10", "1"));

    assertThat(state()).isEqualTo(BookState.RESYNCING);
    assertThat(view().book().levels(BookSide.BID)).isZero();
    assertThat(view().sequence()).isNull();
    assertThat(view().brokenMessages()).isEqualTo(1);
    assertThat(asked).hasSize(2);
    at(1500);
    apply(snapshot(126, asked.getLast()));
    assertThat(state()).isEqualTo(BookState.SYNCED);
    assertThat(facts.getLast())
        .isEqualTo(
            new BookResynced(
                VENUE, BTC, "GAP", 3L, 126L, 1, START.plusMillis(1000), START.plusMillis(1500)));
    assertThat(report().gaps()).isEqualTo(1);
    assertThat(report().resyncs()).isEqualTo(1);
  }

  @Test
  void bookThatBreaksSoonAfterItsSnapshotIsFetchedWithBackoff() {
    sync();
    apply(diff(106, 107, "99.10", "1"));
    assertThat(asked).hasSize(1);
    tick(500);
    assertThat(asked).hasSize(2);
  }

  @Test
  void lateSnapshotOfAnEarlierNeedIsDiscarded() {
    apply(diff(101, 102, "99.00", "1"));
    long earlier = asked.getFirst();
    apply(new SocketClosed(arrival(), "reset by peer"));
    apply(new SocketOpened(arrival(), "wss://venue"));
    apply(diff(201, 202, "99.00", "1"));
    apply(snapshot(201, earlier));
    assertThat(state()).isEqualTo(BookState.UNVERIFIABLE);

    apply(snapshot(201, asked.getLast()));
    assertThat(state()).isEqualTo(BookState.SYNCED);
  }

  @Test
  void snapshotOlderThanTheBufferIsFetchedAgainAfterBackoff() {
    apply(diff(105, 106, "99.00", "1"));
    apply(snapshot(103, asked.getFirst()));
    assertThat(state()).isEqualTo(BookState.UNVERIFIABLE);
    tick(100);
    assertThat(asked).as("the first backoff is 250 to 500 ms").hasSize(1);
    tick(500);
    assertThat(asked).hasSize(2);
    apply(snapshot(104, asked.getLast()));
    assertThat(state()).as("lastUpdateId + 1 == U bridges").isEqualTo(BookState.SYNCED);
    assertThat(((BookResynced) facts.getLast()).attempts()).isEqualTo(2);
  }

  @Test
  void failedSnapshotsAreAskedForAgainLaterAndLater() {
    apply(diff(101, 102, "99.00", "1"));
    Instant before = now;
    for (int i = 0; i < 12; i++) {
      apply(new SnapshotFailed(arrival(), BTC, asked.getLast(), "503"));
      int requests = asked.size();
      while (asked.size() == requests) {
        tick(Duration.between(START, now).toMillis() + 100);
      }
      before = now;
    }
    apply(new SnapshotFailed(arrival(), BTC, asked.getLast(), "503"));
    int requests = asked.size();
    while (asked.size() == requests) {
      tick(Duration.between(START, now).toMillis() + 100);
    }
    assertThat(Duration.between(before, now))
        .isBetween(Duration.ofSeconds(15), Duration.ofMillis(30_100));
  }

  @Test
  void unansweredSnapshotIsAskedForAgain() {
    apply(diff(101, 102, "99.00", "1"));
    tick(9_000);
    assertThat(asked).hasSize(1);
    tick(10_100);
    tick(10_700);
    assertThat(asked).hasSize(2);
  }

  @Test
  void crossedBookIsDiscarded() {
    sync();
    apply(diff(103, 103, "100.02", "1"));

    assertThat(state()).isEqualTo(BookState.RESYNCING);
    assertThat(view().book().levels(BookSide.ASK)).isZero();
    apply(diff(104, 104, "99.00", "1"));
    at(600);
    tick(600);
    apply(snapshot(104, asked.getLast()));
    apply(diff(105, 105, "99.00", "2"));
    assertThat(resynced("CROSSED")).isEqualTo(1);
  }

  @Test
  void lockedBookIsLegal() {
    sync();
    apply(diff(103, 103, "100.01", "1"));
    assertThat(state()).isEqualTo(BookState.SYNCED);
  }

  @Test
  void malformedDepthMessageBreaksItsBookOnly() {
    sync();
    apply(new MalformedFrame(arrival(), null, "no JSON"));
    assertThat(state()).isEqualTo(BookState.SYNCED);
    apply(new MalformedFrame(arrival(), BTC, "cut off"));
    assertThat(state()).isEqualTo(BookState.RESYNCING);
    assertThat(books.malformedFrames()).isEqualTo(2);
  }

  @Test
  void duplicateAndOldMessagesLeaveTheBookAsItIs() {
    sync();
    apply(diff(101, 102, "98.00", "7"));
    apply(diff(99, 100, "98.00", "7"));

    assertThat(state()).isEqualTo(BookState.SYNCED);
    assertThat(view().book().indexOf(BookSide.BID, 9_800)).isEqualTo(-1);
    StreamCounts counts = books.streamCounts().get(VENUE).getFirst();
    assertThat(counts.received()).as("the snapshot, too").isEqualTo(4);
    assertThat(counts.accepted()).isEqualTo(2);
    assertThat(counts.rejected()).isEqualTo(2);
  }

  @Test
  void silentBookIsStaleAndThenFetchedAnew() {
    settle();
    tick(5_000);
    assertThat(state()).isEqualTo(BookState.SYNCED);
    changes.clear();
    tick(5_001);
    tick(5_100);
    assertThat(changes).as("told once").containsExactly(BookState.STALE);
    tick(30_001);
    assertThat(state()).isEqualTo(BookState.RESYNCING);
    assertThat(asked).hasSize(2);
  }

  @Test
  void staleBookIsSyncedAgainByAMessageInOrder() {
    sync();
    tick(6_000);
    assertThat(state()).isEqualTo(BookState.STALE);
    apply(diff(103, 103, "99.00", "1"));
    assertThat(state()).isEqualTo(BookState.SYNCED);
    assertThat(report().resyncs()).isZero();
  }

  @Test
  void silentSocketCountsAsDisconnectedUntilItsNextFrame() {
    tick(15_000);
    assertThat(books.connected(VENUE)).isTrue();
    tick(15_001);
    tick(15_100);
    assertThat(facts.getLast())
        .isEqualTo(
            new VenueDisconnected(
                VENUE, "no frame for more than 15000 ms", START.plusMillis(15_001)));
    assertThat(facts).hasSize(3);
    apply(diff(101, 102, "99.00", "1"));
    assertThat(facts.getLast())
        .isEqualTo(new VenueConnected(VENUE, "wss://venue", 1, START.plusMillis(15_100)));
  }

  @Test
  void closedSocketBreaksTheBooksAndNothingIsAskedUntilItOpens() {
    sync();
    apply(new SocketClosed(arrival(), "reset by peer"));
    assertThat(facts.getLast()).isEqualTo(new VenueDisconnected(VENUE, "reset by peer", now));
    assertThat(state()).isEqualTo(BookState.RESYNCING);
    tick(3_000);
    assertThat(asked).hasSize(1);

    apply(new SocketOpened(arrival(), "wss://venue"));
    apply(diff(201, 202, "99.00", "1"));
    tick(4_000);
    apply(snapshot(201, asked.getLast()));
    assertThat(resynced("DISCONNECTED")).isEqualTo(1);
  }

  @Test
  void finerPriceThanInferredRescalesTheBookExactly() {
    sync();
    apply(new InstrumentsListed(arrival(), List.of(view().instrument().rules()), false));
    apply(diff(103, 103, "99.995", "1.2345"));

    assertThat(view().instrument().scale()).isEqualTo(new Scale(3, 4));
    assertThat(view().book().price(BookSide.BID, 0)).isEqualTo(100_000);
    assertThat(view().book().price(BookSide.BID, 1)).isEqualTo(99_995);
    assertThat(view().book().quantity(BookSide.BID, 1)).isEqualTo(12_345);
  }

  @Test
  void valueThatCannotBeScaledIsNeverSilent() {
    sync();
    apply(diff(103, 103, "99.0000000000001", "1"));

    assertThat(state()).isEqualTo(BookState.RESYNCING);
    assertThat(view().instrument().scale()).isEqualTo(new Scale(2, 3));
    assertThat(view().brokenMessages()).isEqualTo(1);
  }

  @Test
  void venuesOwnQuoteThatDiffersAtTheSameUpdateBreaksTheBook() {
    sync();
    apply(quote(103, "100.00", "2"));
    apply(diff(103, 103, "99.00", "1"));
    assertThat(state()).isEqualTo(BookState.SYNCED);
    assertThat(report().quotes()).isEqualTo(new BookReport.Checks(1, 0));
    apply(quote(103, "99.99", "2"));
    assertThat(state()).isEqualTo(BookState.RESYNCING);
    assertThat(report().quotes()).isEqualTo(new BookReport.Checks(1, 1));
  }

  @Test
  void everyTradeIsPassedOnOnce() {
    apply(trade(false, 7, "100.01", "0.5", Side.BUY));
    apply(trade(true, 3, "100.01", "0.5", Side.BUY));
    apply(trade(false, 7, "100.01", "0.5", Side.BUY));
    apply(trade(false, 8, "100.00", "0.001", Side.SELL));

    assertThat(trades)
        .containsExactly(
            new PublicTrade(VENUE, BTC, 10_001, 500, Side.BUY, START),
            new PublicTrade(VENUE, BTC, 10_000, 1, Side.SELL, START));
  }

  @Test
  void bufferKeepsTheNewestMessagesOnly() {
    for (int i = 0; i < 5_000; i++) {
      apply(diff(100 + i, 100 + i, "99.00", "1"));
    }
    apply(snapshot(100, asked.getFirst()));
    assertThat(state()).as("the messages after 100 are gone").isEqualTo(BookState.UNVERIFIABLE);
    tick(1_000);
    apply(snapshot(1_003, asked.getLast()));
    assertThat(state()).isEqualTo(BookState.SYNCED);
    assertThat(report().applied()).isEqualTo(4_096);
  }

  /** Snapshot 100, one message [101, 102]: bids 100.00 x 2, asks 100.01 x 3. */
  private void sync() {
    apply(diff(101, 102, "100.00", "2"));
    apply(snapshot(100, asked.getLast()));
    assertThat(state()).isEqualTo(BookState.SYNCED);
  }

  /** Twenty messages in order, the last is 122. */
  private void settle() {
    sync();
    for (int id = 103; id <= 122; id++) {
      apply(diff(id, id, "99.00", "1"));
    }
  }

  private DepthDiff diff(long first, long last, String bid, String quantity) {
    return new DepthDiff(
        arrival(),
        BTC,
        new UpdateIds(first, last, UpdateIds.NO_PREVIOUS),
        now,
        PriceLevels.of(bid, quantity),
        PriceLevels.NONE);
  }

  private DepthSnapshot snapshot(long lastUpdateId, long epoch) {
    return new DepthSnapshot(
        arrival(),
        BTC,
        UpdateIds.ofSnapshot(lastUpdateId),
        null,
        PriceLevels.of("99.00", "1"),
        PriceLevels.of("100.01", "3"),
        epoch);
  }

  private TopOfBook quote(long updateId, String bid, String quantity) {
    return new TopOfBook(
        arrival(),
        BTC,
        updateId,
        WireDecimal.of(bid),
        WireDecimal.of(quantity),
        WireDecimal.of("100.01"),
        WireDecimal.of("3"));
  }

  private TradePrint trade(
      boolean aggregated, long id, String price, String quantity, Side aggressor) {
    return new TradePrint(
        arrival(),
        BTC,
        aggregated,
        id,
        WireDecimal.of(price),
        WireDecimal.of(quantity),
        aggressor,
        now);
  }

  private static InstrumentRules rules(String tick, String lot) {
    return new InstrumentRules(
        BTC, "BTCUSDT", new BigDecimal(tick), new BigDecimal(lot), BigDecimal.TEN);
  }

  private Arrival arrival() {
    return new Arrival(VENUE, now, 0, ordinal++);
  }

  private void at(long millis) {
    now = START.plusMillis(millis);
  }

  private void apply(VenueInput input) {
    books.apply(input, listener);
  }

  private void tick(long millis) {
    at(millis);
    books.tick(now, listener);
  }

  private BookView view() {
    return books.book(VENUE, BTC);
  }

  private BookState state() {
    return view().state(now);
  }

  private BookReport report() {
    return books.bookReports().getFirst();
  }

  private long resynced(String reason) {
    return facts.stream()
        .filter(fact -> fact instanceof BookResynced resynced && resynced.reason().equals(reason))
        .count();
  }

  private final MarketState.Listener listener =
      new MarketState.Listener() {
        @Override
        public void fact(MarketEvent event) {
          facts.add(event);
        }

        @Override
        public void bookChanged(BookView book) {
          changes.add(book.state(now));
        }

        @Override
        public void traded(PublicTrade trade) {
          trades.add(trade);
        }
      };
}
