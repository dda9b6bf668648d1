package dev.papertape.command.market.connector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.papertape.command.market.VenueInput;
import dev.papertape.command.market.VenueInput.CandlesFailed;
import dev.papertape.command.market.VenueInput.CandlesFetched;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What connectors make of venues' answers to calls for candles; bodies as the venues' documents.
 */
class CandleCallsTest {
  private static final Venue VENUE = new Venue("VENUE");
  private static final Symbol BTC = new Symbol("BTC-USD");

  /** 12:00 and on; 1767614400 s. */
  private static final Instant NOON = Instant.parse("2026-01-05T12:00:00Z");

  private static final String KLINES = "/api/v3/klines";
  private static final String COINBASE = "/api/v3/brokerage/market/products/BTC-USD/candles";
  private static final String KRAKEN = "/0/public/OHLC";

  private final BlockingQueue<VenueInput> inputs = new LinkedBlockingQueue<>();
  private ScriptedVenue venue;
  private VenueConnector connector;

  @BeforeEach
  void venueIsUp() throws IOException {
    venue = new ScriptedVenue();
  }

  @AfterEach
  void closeBoth() throws IOException {
    connector.close();
    venue.close();
  }

  private void ask(WireProtocol wire, int minutes) {
    connector =
        VenueConnector.of(
            wire,
            ConnectorSettings.of(VENUE, 0, venue.rest(), venue.stream(), Set.of(BTC)),
            TestCalls.to(VENUE, wire),
            Clock.systemUTC(),
            new Random(1),
            inputs::put,
            FrameTap.NONE);
    connector.start();
    connector.requestCandles(VENUE, BTC, NOON, NOON.plusSeconds(60L * minutes));
  }

  private void reply(String path, int status, String body) {
    venue.replies.put(path, new ScriptedVenue.Reply(status, List.of(), body));
  }

  private <I extends VenueInput> I next(Class<I> type) throws InterruptedException {
    while (true) {
      VenueInput input = inputs.poll(10, TimeUnit.SECONDS);
      assertThat(input).as("waiting for %s", type).isNotNull();
      if (type.isInstance(input)) {
        return type.cast(input);
      }
    }
  }

  private String asked(String path) throws InterruptedException {
    while (true) {
      String request = venue.requests.poll(10, TimeUnit.SECONDS);
      assertThat(request).isNotNull();
      if (request.startsWith(path)) {
        return request;
      }
    }
  }

  @Test
  void binancesRowsAreOneOfEveryMinute() throws Exception {
    reply(
        KLINES,
        200,
        """
        [[1767614400000,"0.01634790","0.80000000","0.01575800","0.01577100","148976.11427815",\
        1767614459999,"2434.19055334",308,"1756.87402397","28.46694368","0"]]""");
    ask(WireProtocol.BINANCE_SPOT, 3);
    CandlesFetched fetched = next(CandlesFetched.class);
    assertThat(asked(KLINES))
        .isEqualTo(
            KLINES
                + "?symbol=BTCUSD&interval=1m&startTime=1767614400000&endTime=1767614579999"
                + "&limit=1000");
    assertThat(fetched.from()).isEqualTo(NOON);
    assertThat(fetched.to()).isEqualTo(NOON.plusSeconds(180));
    assertThat(fetched.bars())
        .containsExactly(
            new Bar(
                NOON,
                new BigDecimal("0.01634790"),
                new BigDecimal("0.80000000"),
                new BigDecimal("0.01575800"),
                new BigDecimal("0.01577100"),
                new BigDecimal("148976.11427815"),
                null,
                308L));
  }

  /** A full page of 1,000 rows: what comes after it is for another call. */
  @Test
  void aFullPageOfBinancesEndsWithItsLastRow() throws Exception {
    StringBuilder rows = new StringBuilder("[");
    for (int i = 0; i < 1000; i++) {
      rows.append(i == 0 ? "[" : ",[")
          .append(NOON.plusSeconds(60L * i).toEpochMilli())
          .append(",\"1\",\"1\",\"1\",\"1\",\"1\",0,\"1\",1,\"1\",\"1\",\"0\"]");
    }
    reply(KLINES, 200, rows.append(']').toString());
    ask(WireProtocol.BINANCE_SPOT, 1500);
    CandlesFetched fetched = next(CandlesFetched.class);
    assertThat(fetched.bars()).hasSize(1000);
    assertThat(fetched.to()).isEqualTo(NOON.plusSeconds(60_000));
  }

  @Test
  void coinbasesRowsComeNewestFirstAndAreAskedForIn350s() throws Exception {
    reply(
        COINBASE,
        200,
        """
        {"candles":[{"start":"1767614520","low":"140.20","high":"140.23","open":"140.21",\
        "close":"140.22","volume":"56437345"},{"start":"1767614400","low":"1","high":"1",\
        "open":"1","close":"1","volume":"0.5"}]}""");
    ask(WireProtocol.COINBASE, 400);
    CandlesFetched fetched = next(CandlesFetched.class);
    assertThat(asked(COINBASE))
        .endsWith("?granularity=ONE_MINUTE&start=1767614400&end=" + (1767614400 + 349 * 60));
    assertThat(fetched.to()).isEqualTo(NOON.plusSeconds(350 * 60));
    assertThat(fetched.bars())
        .extracting(Bar::openTime)
        .containsExactly(NOON, NOON.plusSeconds(120));
    assertThat(fetched.bars().getLast().high()).isEqualTo(new BigDecimal("140.23"));
    assertThat(fetched.bars().getLast().trades()).isNull();
  }

  /** Rows of 12:00, 12:01 without trades, and 12:02, which runs. */
  @Test
  void krakensLastRowIsNotFinal() throws Exception {
    reply(
        KRAKEN,
        200,
        """
        {"error":[],"result":{"XXBTZUSD":[\
        [1767614400,"30306.1","30306.2","30305.7","30305.7","30306.1","3.39243896",23],\
        [1767614460,"30305.7","30305.7","30305.7","30305.7","0.0","0.00000000",0],\
        [1767614520,"30305.6","30305.6","30304.1","30305.6","30305.2","4.42996799",18]],\
        "last":1767614460}}""");
    ask(WireProtocol.KRAKEN, 10);
    CandlesFetched fetched = next(CandlesFetched.class);
    assertThat(asked(KRAKEN)).isEqualTo(KRAKEN + "?pair=BTC/USD&interval=1&since=1767614340");
    assertThat(fetched.to()).as("no more is final").isEqualTo(NOON.plusSeconds(120));
    assertThat(fetched.bars()).hasSize(2);
    assertThat(fetched.bars().getFirst().vwap()).isEqualTo(new BigDecimal("30306.1"));
    assertThat(fetched.bars().getLast().isCarriedForward()).isTrue();
  }

  @Test
  void aRowThatDoesNotParseIsNamedAndTheOthersAreUsed() throws Exception {
    reply(
        COINBASE,
        200,
        """
        {"candles":[{"start":"1767614400","low":"1","high":"1","open":"1","close":"1",\
        "volume":"1e999999999"},{"start":"soon"},7,{"start":"1767614460","low":"1","high":"1",\
        "open":"1","close":"1","volume":"2"}]}""");
    ask(WireProtocol.COINBASE, 5);
    CandlesFetched fetched = next(CandlesFetched.class);
    assertThat(fetched.bars()).extracting(Bar::openTime).containsExactly(NOON.plusSeconds(60));
    assertThat(fetched.malformed()).hasSize(3);
    assertThat(fetched.malformed().getFirst()).startsWith("'/volume' must match ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "BINANCE_SPOT; /api/v3/klines; 429; {}; answered 429",
        "BINANCE_SPOT; /api/v3/klines; 200; {\"code\":1}; no rows",
        "BINANCE_SPOT; /api/v3/klines; 200; [[1; no JSON",
        "COINBASE; /api/v3/brokerage/market/products/BTC-USD/candles; 503; {}; answered 503",
        "COINBASE; /api/v3/brokerage/market/products/BTC-USD/candles; 200; <html>; no JSON",
        "COINBASE; /api/v3/brokerage/market/products/BTC-USD/candles; 200; {}; no rows",
        "KRAKEN; /0/public/OHLC; 200; {\"error\":[\"EService:Unavailable\"]}; EService:Unavailable",
        "KRAKEN; /0/public/OHLC; 200; {\"error\":[],\"result\":{\"last\":1}}; no rows",
        "KRAKEN; /0/public/OHLC; 500; x; answered 500"
      })
  void anAnswerThatIsNoneSaysWhy(
      WireProtocol wire, String path, int status, String body, String reason) throws Exception {
    reply(path, status, body);
    ask(wire, 5);
    CandlesFailed failed = next(CandlesFailed.class);
    assertThat(failed.reason()).contains(reason);
    assertThat(failed.symbol()).isEqualTo(BTC);
  }
}
