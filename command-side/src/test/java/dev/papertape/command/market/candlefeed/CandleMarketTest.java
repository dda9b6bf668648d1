package dev.papertape.command.market.candlefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.papertape.command.market.BookSide;
import dev.papertape.command.market.BookView;
import dev.papertape.command.market.JudgedCandle;
import dev.papertape.command.market.MarketState;
import dev.papertape.command.market.PublicTrade;
import dev.papertape.contracts.execution.Side;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.BookState;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.MarketEvent;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CandleMarketTest {
  private static final Venue BINANCE = new Venue("BINANCE");
  private static final Symbol BTC = new Symbol("BTC-USDT");
  private static final Instant NINE = Instant.parse("2024-01-01T09:00:00Z");
  private static final Instant TEN = Instant.parse("2024-01-01T10:00:00Z");

  private static final CandleTape TWO_HOURS =
      new CandleTape(
          BINANCE,
          BTC,
          CandleInterval.ONE_HOUR,
          List.of(bar(NINE, "10000", "10010", "100"), bar(TEN, "10020.00", "10015.1234", "50")));

  private final List<Object> told = new ArrayList<>();
  private final CandleMarket market = new CandleMarket(List.of(TWO_HOURS), CandleTerms.DEFAULT);

  private static Bar bar(Instant openTime, String open, String close, String volume) {
    BigDecimal from = new BigDecimal(open);
    BigDecimal to = new BigDecimal(close);
    return new Bar(
        openTime, from, from.max(to), from.min(to), to, new BigDecimal(volume), null, null);
  }

  private BookView book() {
    BookView book = market.book(BINANCE, BTC);
    assertThat(book).isNotNull();
    return book;
  }

  private void feed(int inputs) {
    CandleFeed feed = new CandleFeed(List.of(TWO_HOURS));
    for (int n = 0; n < inputs; n++) {
      market.apply(feed.next(), new Told());
    }
  }

  private String price(BookSide side) {
    return book().book().scale().price(book().book().price(side, 0)).toPlainString();
  }

  @Test
  void aBarTellsItsOpenAfterItBeganAndTheRestBeforeItIsOver() {
    CandleFeed feed = new CandleFeed(List.of(TWO_HOURS));
    List<String> inputs = new ArrayList<>();
    feed.forEachRemaining(
        input -> inputs.add(input.getClass().getSimpleName() + " " + input.receivedAt()));
    assertThat(inputs)
        .containsExactly(
            "Opened 2024-01-01T09:00:00.001Z",
            "Closed 2024-01-01T09:59:59.999Z",
            "Opened 2024-01-01T10:00:00.001Z",
            "Closed 2024-01-01T10:59:59.999Z");
  }

  @Test
  void nothingIsDisplayedBeforeAWholeBarWasSeen() {
    feed(1);
    assertThat(book().book().levels(BookSide.ASK)).isZero();
  }

  /** 10020 ∓ 2.5 bps = 10017.495 and 10022.505; 2.5 % of the 100 of the bar before. */
  @Test
  void atAnOpenOneLevelASideStandsAroundIt() {
    feed(3);
    assertThat(price(BookSide.BID)).isEqualTo("10017.4950");
    assertThat(price(BookSide.ASK)).isEqualTo("10022.5050");
    assertThat(book().book().scale().quantity(book().book().quantity(BookSide.ASK, 0)))
        .isEqualByComparingTo("2.5");
  }

  /** min(1 / 100, 0.025)² · 0.1 · 10000 = 0.1: metrics.md's model, against whoever trades. */
  @Test
  void aFillPaysVolumeShareSlippage() {
    feed(3);
    BigDecimal price = new BigDecimal("10000");
    assertThat(book().paid(Side.BUY, price, BigDecimal.ONE)).isEqualByComparingTo("10000.1");
    assertThat(book().paid(Side.SELL, price, BigDecimal.ONE)).isEqualByComparingTo("9999.9");
  }

  @Test
  void afterItsBarIsOverABookIsStaleUntilTheNextOneOpens() {
    feed(2);
    assertThat(book().state(TEN)).isEqualTo(BookState.SYNCED);
    assertThat(book().state(TEN.plusMillis(1))).isEqualTo(BookState.STALE);
    feed(3);
    assertThat(book().state(TEN.plusMillis(2))).isEqualTo(BookState.SYNCED);
  }

  @Test
  void guardsJudgeEveryBarAndACondemnedOneMakesNoBook() {
    Bar impossible =
        new Bar(
            NINE,
            new BigDecimal("10000"),
            new BigDecimal("9000"),
            new BigDecimal("9500"),
            new BigDecimal("10010"),
            BigDecimal.TEN,
            null,
            null);
    CandleTape broken = new CandleTape(BINANCE, BTC, CandleInterval.ONE_HOUR, List.of(impossible));
    CandleMarket one = new CandleMarket(List.of(broken), CandleTerms.DEFAULT);
    new CandleFeed(List.of(broken)).forEachRemaining(input -> one.apply(input, new Told()));

    JudgedCandle judged =
        told.stream()
            .filter(JudgedCandle.class::isInstance)
            .map(JudgedCandle.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(judged.isUsable()).isFalse();
    BookView book = one.book(BINANCE, BTC);
    assertThat(book).isNotNull();
    assertThat(book.book().levels(BookSide.BID)).isZero();
  }

  @Test
  void oneSymbolOfOneVenueHasOneTape() {
    assertThatThrownBy(() -> new CandleMarket(List.of(TWO_HOURS, TWO_HOURS), CandleTerms.DEFAULT))
        .hasMessage("two files hold BTC-USDT of BINANCE");
  }

  private final class Told implements MarketState.Listener {
    @Override
    public void fact(MarketEvent event) {
      told.add(event);
    }

    @Override
    public void bookChanged(BookView book) {
      told.add(book);
    }

    @Override
    public void traded(PublicTrade trade) {
      told.add(trade);
    }

    @Override
    public void candleJudged(JudgedCandle candle) {
      told.add(candle);
    }
  }
}
