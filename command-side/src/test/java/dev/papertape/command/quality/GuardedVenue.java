package dev.papertape.command.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.Integrity.UpdateIds;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PriceLevels;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.DepthDiff;
import dev.papertape.command.market.VenueInput.DepthSnapshot;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.command.market.book.MarketLimits;
import dev.papertape.command.market.book.VenueBooks;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import dev.papertape.contracts.quality.Channel;
import dev.papertape.contracts.quality.StreamCounts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One venue's real books behind their guards: bid 99.90 x 10, ask 100.10 x 10, update 100; tick
 * 0.01, lot 0.001. A message every 10 ms.
 */
final class GuardedVenue implements MarketState.Listener {
  static final Venue VENUE = new Venue("BINANCE");
  static final Symbol BTC = new Symbol("BTC-USDT");
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  final List<HeldRecord> held = new ArrayList<>();
  final List<PublicTrade> trades = new ArrayList<>();
  final List<Long> asked = new ArrayList<>();
  final VenueBooks books;
  long updateId = 100;
  private long ordinal;

  GuardedVenue(VenueKind kind) {
    books =
        new VenueBooks(
            List.of(
                new VenueProfile(
                    VENUE,
                    kind,
                    List.of("wss://venue"),
                    new VenueFees(1, 2),
                    new VenueLatency(1, 2, 3),
                    List.of("L2"),
                    IntegrityScheme.SEQUENCE)),
            MarketLimits.defaults(),
            (venue, symbol, epoch) -> asked.add(epoch),
            new Random(1));
    apply(
        new VenueInput.InstrumentsListed(
            arrival(),
            List.of(
                new InstrumentRules(
                    BTC,
                    "BTCUSDT",
                    new BigDecimal("0.01"),
                    new BigDecimal("0.001"),
                    BigDecimal.TEN))));
    apply(new VenueInput.SocketOpened(arrival(), "wss://venue"));
    apply(snapshot(DepthSnapshot.INLINE, "10"));
    bid("10");
  }

  /** So many still messages. */
  GuardedVenue still(int messages) {
    for (int i = 0; i < messages; i++) {
      bid("10");
    }
    return this;
  }

  /** The best bid's absolute quantity. */
  void bid(String quantity) {
    updateId++;
    apply(
        new DepthDiff(
            arrival(),
            BTC,
            new UpdateIds(updateId, updateId, UpdateIds.NO_PREVIOUS),
            now(),
            PriceLevels.of("99.90", quantity),
            PriceLevels.NONE));
  }

  /** A whole book as of the newest update, its best bid this deep. */
  DepthSnapshot snapshot(long epoch, String bidQuantity) {
    return new DepthSnapshot(
        arrival(),
        BTC,
        UpdateIds.ofSnapshot(updateId),
        null,
        PriceLevels.of("99.90", bidQuantity),
        PriceLevels.of("100.10", "10"),
        epoch);
  }

  void trade(long id, String price, String quantity) {
    apply(
        new TradePrint(
            arrival(),
            BTC,
            true,
            id,
            WireDecimal.of(price),
            WireDecimal.of(quantity),
            Side.BUY,
            now()));
  }

  void apply(VenueInput input) {
    books.apply(input, this);
  }

  BookState state() {
    return books.book(VENUE, BTC).state(now());
  }

  StreamCounts counts(Channel channel) {
    return books.streamCounts().get(VENUE).stream()
        .filter(counts -> counts.channel() == channel)
        .findFirst()
        .orElseThrow();
  }

  /** Nothing comes for so long. */
  void silence(Duration time) {
    ordinal += time.toMillis() / 10;
  }

  Instant now() {
    return START.plusMillis(10 * ordinal);
  }

  private Arrival arrival() {
    ordinal++;
    return new Arrival(VENUE, now(), 0, ordinal);
  }

  @Override
  public void fact(MarketEvent event) {}

  @Override
  public void bookChanged(BookView book) {}

  @Override
  public void traded(PublicTrade trade) {
    trades.add(trade);
  }

  @Override
  public void noted(QualityNote note) {
    if (note instanceof QualityNote.Held(HeldRecord record)) {
      assertThat(record.counts().get().reconciles()).as("%s", record).isTrue();
      held.add(record);
    }
  }
}
