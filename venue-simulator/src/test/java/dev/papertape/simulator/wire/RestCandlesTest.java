package dev.papertape.simulator.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.papertape.simulator.binance.RestReply;
import dev.papertape.simulator.coinbase.CoinbaseRest;
import dev.papertape.simulator.config.Listing;
import dev.papertape.simulator.config.SimulatorConfig;
import dev.papertape.simulator.config.VenueConfig;
import dev.papertape.simulator.kraken.KrakenRest;
import dev.papertape.simulator.market.Kline;
import dev.papertape.simulator.market.ListedMarket;
import dev.papertape.simulator.market.MinuteBars;
import dev.papertape.simulator.market.SimulatedMarket;
import dev.papertape.simulator.market.Trade;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Candles of Coinbase's and Kraken's REST, read as a client would, beside the market's trades. */
class RestCandlesTest {
  /** 2026-03-01T12:34:56.780Z. */
  private static final long START = 1_772_368_496_780L;

  /** 12:35 and 12:36, seconds. */
  private static final long FIRST_WHOLE_MINUTE = 1_772_368_500L;

  private static final JsonMapper JSON = new JsonMapper();

  private final SimulatorConfig config = rareTrades();
  private final SimulatedMarket market = new SimulatedMarket(config, START);
  private final ListedMarket btc = market.listings("ALTO").getFirst();

  /** One venue where minutes without trades are usual. */
  private static SimulatorConfig rareTrades() {
    SimulatorConfig usual = SimulatorConfig.defaults(3).withHistoryMinutes(800);
    VenueConfig alto = usual.venues().getFirst();
    Listing listing = alto.listings().getFirst();
    Listing rare =
        new Listing(
            listing.symbol(),
            listing.tickSize(),
            listing.lotSize(),
            listing.minNotional(),
            60,
            listing.touchNotional(),
            listing.levels(),
            0.01);
    return usual.withVenues(
        List.of(
            new VenueConfig(
                "ALTO",
                0,
                alto.fees(),
                alto.latency(),
                alto.deviationBps(),
                alto.depthIntervalMillis(),
                alto.depthPhaseMillis(),
                alto.weightPerMinute(),
                alto.refusalsBeforeBan(),
                List.of(rare))));
  }

  private static JsonNode json(RestReply reply) throws JsonProcessingException {
    assertThat(reply.status()).isEqualTo(200);
    return JSON.readTree(reply.json());
  }

  private JsonNode kraken(long since) throws JsonProcessingException {
    return json(new KrakenRest(List.of(btc))
            .reply(
                "/0/public/OHLC",
                Map.of("pair", List.of("XBTUSDT"), "since", List.of(Long.toString(since))),
                0)
            .orElseThrow())
        .path("result");
  }

  private RestReply coinbase(long start, long end) {
    return new CoinbaseRest(List.of(btc))
        .reply(
            "/api/v3/brokerage/market/products/BTC-USDT/candles",
            Map.of(
                "start", List.of(Long.toString(start)),
                "end", List.of(Long.toString(end)),
                "granularity", List.of("ONE_MINUTE")),
            0)
        .orElseThrow();
  }

  @Test
  void krakenGivesTheNewest720MinutesTheRunningOneLast() throws JsonProcessingException {
    JsonNode rows = kraken(0).path("BTCUSDT");
    assertThat(rows).hasSize(720);
    assertThat(rows.get(719).get(0).asLong()).isEqualTo(FIRST_WHOLE_MINUTE - 60);
    assertThat(rows.get(0).get(0).asLong()).isEqualTo(FIRST_WHOLE_MINUTE - 720 * 60);
    assertThat(kraken(0).path("last").asLong()).isEqualTo(FIRST_WHOLE_MINUTE - 120);
    assertThat(kraken(FIRST_WHOLE_MINUTE - 180).path("BTCUSDT")).hasSize(2);
  }

  @Test
  void aMinuteWithoutTradesIsCarriedForwardByKrakenAndLeftOutByCoinbase()
      throws JsonProcessingException {
    JsonNode rows = kraken(FIRST_WHOLE_MINUTE - 201 * 60).path("BTCUSDT");
    long quiet = 0;
    for (int i = 1; i < rows.size() - 1; i++) {
      JsonNode row = rows.get(i);
      if (row.get(7).asLong() == 0) {
        quiet++;
        assertThat(row.get(4)).isEqualTo(rows.get(i - 1).get(4));
        assertThat(new BigDecimal(row.get(5).asText())).isZero();
        assertThat(new BigDecimal(row.get(6).asText())).isZero();
      }
    }
    assertThat(quiet).isPositive();
    JsonNode candles =
        json(coinbase(FIRST_WHOLE_MINUTE - 199 * 60, FIRST_WHOLE_MINUTE - 120)).path("candles");
    assertThat(candles.size()).isPositive().isEqualTo(rows.size() - 2 - quiet);
    assertThat(candles.get(0).path("start").asLong())
        .isGreaterThan(candles.get(1).path("start").asLong());
  }

  /** The minute from 12:35 on, rebuilt from the trades of each step. */
  @Test
  void aLiveMinuteIsTheSumOfItsTradesInBothFormats() throws JsonProcessingException {
    BigDecimal volume = BigDecimal.ZERO;
    BigDecimal close = null;
    while (market.millis() < 1000 * (FIRST_WHOLE_MINUTE + 60)) {
      market.step();
      for (Trade trade : btc.stepTrades()) {
        if (trade.millis() >= 1000 * FIRST_WHOLE_MINUTE
            && trade.millis() < 1000 * (FIRST_WHOLE_MINUTE + 60)) {
          volume = volume.add(btc.listing().lotSize().multiply(BigDecimal.valueOf(trade.lots())));
          close = btc.listing().tickSize().multiply(BigDecimal.valueOf(trade.ticks()));
        }
      }
    }
    JsonNode row = kraken(FIRST_WHOLE_MINUTE - 60).path("BTCUSDT").get(0);
    assertThat(row.get(0).asLong()).isEqualTo(FIRST_WHOLE_MINUTE);
    assertThat(new BigDecimal(row.get(6).asText())).isEqualByComparingTo(volume);
    if (close != null) {
      assertThat(new BigDecimal(row.get(4).asText())).isEqualByComparingTo(close);
      JsonNode candle =
          json(coinbase(FIRST_WHOLE_MINUTE, FIRST_WHOLE_MINUTE)).path("candles").get(0);
      assertThat(new BigDecimal(candle.path("volume").asText())).isEqualByComparingTo(volume);
      assertThat(new BigDecimal(candle.path("close").asText())).isEqualByComparingTo(close);
    }
  }

  @Test
  void tooMuchAndNonsenseAreRefused() {
    assertThat(coinbase(FIRST_WHOLE_MINUTE - 350 * 60, FIRST_WHOLE_MINUTE).status()).isEqualTo(400);
    assertThat(coinbase(FIRST_WHOLE_MINUTE - 349 * 60, FIRST_WHOLE_MINUTE).status()).isEqualTo(200);
    RestReply unknown =
        new KrakenRest(List.of(btc))
            .reply("/0/public/OHLC", Map.of("pair", List.of("DOGEUSD")), 0)
            .orElseThrow();
    assertThat(unknown.json()).isEqualTo("{\"error\":[\"EQuery:Unknown asset pair\"]}");
  }

  @Test
  void theSameSeedGivesTheSameHistory() throws JsonProcessingException {
    SimulatedMarket again = new SimulatedMarket(config, START);
    RestReply once = coinbase(FIRST_WHOLE_MINUTE - 300 * 60, FIRST_WHOLE_MINUTE);
    RestReply twice =
        new CoinbaseRest(again.listings("ALTO"))
            .reply(
                "/api/v3/brokerage/market/products/BTC-USDT/candles",
                Map.of(
                    "start", List.of(Long.toString(FIRST_WHOLE_MINUTE - 300 * 60)),
                    "end", List.of(Long.toString(FIRST_WHOLE_MINUTE)),
                    "granularity", List.of("ONE_MINUTE")),
                0)
            .orElseThrow();
    assertThat(twice.json()).isEqualTo(once.json());
    assertThat(json(once).path("candles").size()).isPositive();
  }

  /**
   * At 09:00 and at 10:30 of the same day: minutes before 09:00 are the same, under their times.
   */
  @Test
  void everyStartOfADayHasTheSameHistory() {
    long nine = START - START % 86_400_000L + 9 * 3_600_000L;
    long halfPastTen = nine + 90 * 60_000L;
    List<Kline> early = history(nine);
    List<Kline> late = history(halfPastTen);
    assertThat(early).hasSize(1440 + 9 * 60 + 1);
    assertThat(late.subList(0, early.size() - 1)).isEqualTo(early.subList(0, early.size() - 1));
  }

  private List<Kline> history(long start) {
    return new SimulatedMarket(config.startedAt(start), start)
        .listings("ALTO")
        .getFirst()
        .bars()
        .bars(MinuteBars.MINUTE_MILLIS, 0, Long.MAX_VALUE);
  }
}
