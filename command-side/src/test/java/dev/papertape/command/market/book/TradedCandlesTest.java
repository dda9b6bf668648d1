package dev.papertape.command.market.book;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.Arrival;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.CandleSource;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.command.market.SnapshotRequests;
import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.CandlesFetched;
import dev.papertape.command.market.VenueInput.InstrumentsListed;
import dev.papertape.command.market.VenueInput.MalformedFrame;
import dev.papertape.command.market.VenueInput.OtherFrame;
import dev.papertape.command.market.VenueInput.SocketOpened;
import dev.papertape.command.market.VenueInput.TradePrint;
import dev.papertape.command.market.VenueProfile;
import dev.papertape.command.market.WireDecimal;
import dev.papertape.command.market.candle.CandleSettings;
import dev.papertape.command.quality.RawText;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.IntegrityScheme;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import dev.papertape.contracts.market.VenueFees;
import dev.papertape.contracts.market.VenueKind;
import dev.papertape.contracts.market.VenueLatency;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A venue whose candles are made of its trades, behind the guards over those. */
class TradedCandlesTest implements MarketState.Listener {
  private static final Venue VENUE = new Venue("COINBASE");
  private static final Symbol BTC = new Symbol("BTC-USD");

  private final List<String> asked = new ArrayList<>();
  private final VenueBooks books =
      new VenueBooks(
          List.of(
              new VenueProfile(
                  VENUE,
                  VenueKind.LIVE,
                  List.of("wss://v"),
                  new VenueFees(1, 2),
                  new VenueLatency(1, 2, 3),
                  List.of("L2"),
                  IntegrityScheme.SEQUENCE,
                  CandleSource.TRADES)),
          MarketLimits.defaults(),
          SnapshotRequests.NONE,
          new Random(1),
          CandleSettings.fetching(
              (_, _, from, to) -> asked.add(text(from) + "-" + text(to)), Duration.ofMinutes(10)));
  private Instant now = at("12:00:30");
  private Instant coveredTo = Instant.MIN;

  /** At 12:01:20 one id far ahead; the true ones after it are held as late. */
  @Test
  void Bug_4_aMinuteOfWhichTradesWereHeldIsFetchedAndNotCalledQuiet() {
    listed();
    trade("12:00:40", 7);
    ticks("12:01:09");
    answer("12:00", "12:01");
    trade("12:01:10", 8);
    trade("12:01:20", 1_000_000);
    for (int id = 9; id < 15; id++) {
      trade("12:01:30", id);
      trade("12:01:40", id + 100);
    }
    trade("12:02:01", 16);
    ticks("12:02:30");

    assertThat(coveredTo).isEqualTo(at("12:01:00"));
    assertThat(asked).hasSize(3).last().isEqualTo("12:01-12:02");
  }

  @Test
  void Bug_4_aMinuteOfWhichTradesAreMissingIsFetched() {
    listed();
    trade("12:00:40", 7);
    ticks("12:01:09");
    answer("12:00", "12:01");
    trade("12:01:10", 8);
    trade("12:01:20", 10);
    trade("12:02:01", 11);
    ticks("12:02:30");

    assertThat(coveredTo).isEqualTo(at("12:01:00"));
    assertThat(asked).hasSize(3).last().isEqualTo("12:01-12:02");
  }

  /** Its id is not known, and that of the next one does not show that one is missing. */
  @Test
  void Bug_4_aMinuteOfWhichATradeDidNotParseIsFetched() {
    listed();
    trade("12:00:40", 7);
    ticks("12:01:09");
    answer("12:00", "12:01");
    trade("12:01:10", 8);
    malformed("{\"channel\":\"market_trades\",\"product_id\":\"BTC-USD\",\"pri");
    trade("12:01:30", 9);
    trade("12:02:01", 10);
    ticks("12:02:30");

    assertThat(coveredTo).isEqualTo(at("12:01:00"));
    assertThat(asked).hasSize(3).last().isEqualTo("12:01-12:02");
  }

  @Test
  void aFrameOfABookThatDoesNotParseLeavesTheCandlesAlone() {
    listed();
    trade("12:00:40", 7);
    ticks("12:01:09");
    answer("12:00", "12:01");
    malformed("{\"channel\":\"l2_data\",\"product_id\":\"BTC-USD\",\"pri");
    trade("12:01:10", 8);
    trade("12:02:01", 9);
    ticks("12:02:30");

    assertThat(coveredTo).isEqualTo(at("12:02:00"));
  }

  private void malformed(String text) {
    apply(
        new MalformedFrame(arrival(), null, text.contains("l2_data"), "cut off", RawText.of(text)));
  }

  private void listed() {
    BigDecimal step = new BigDecimal("0.01");
    apply(
        new InstrumentsListed(
            arrival(), List.of(new InstrumentRules(BTC, "BTC-USD", step, step, BigDecimal.ONE))));
    apply(new SocketOpened(arrival(), "wss://v"));
    ticks("12:00:31");
    answer("11:50", "12:00");
  }

  private void trade(String time, long id) {
    ticks(time);
    apply(
        new TradePrint(
            arrival(),
            BTC,
            false,
            id,
            WireDecimal.of("100.00"),
            WireDecimal.of("1.00"),
            Side.BUY,
            now));
  }

  private void answer(String from, String to) {
    apply(
        new CandlesFetched(arrival(), BTC, at(from + ":00"), at(to + ":00"), List.of(), List.of()));
  }

  private void ticks(String to) {
    for (; now.isBefore(at(to)); now = now.plusSeconds(1)) {
      apply(new OtherFrame(arrival())); // A silent socket would interrupt the candles by itself.
      books.tick(now, this);
    }
    books.tick(now, this);
  }

  private void apply(VenueInput input) {
    books.apply(input, this);
  }

  private Arrival arrival() {
    return new Arrival(VENUE, now, 0, 0);
  }

  private static Instant at(String time) {
    return Instant.parse("2026-01-05T" + time + "Z");
  }

  private static String text(Instant time) {
    return time.toString().substring(11, 16);
  }

  @Override
  public void fact(MarketEvent event) {}

  @Override
  public void bookChanged(BookView book) {}

  @Override
  public void traded(PublicTrade trade) {}

  @Override
  public void candlesCovered(Venue venue, Symbol symbol, Instant from, Instant to) {
    coveredTo = to;
  }
}
