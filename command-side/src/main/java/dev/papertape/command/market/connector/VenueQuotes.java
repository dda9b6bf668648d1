package dev.papertape.command.market.connector;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.command.budget.BudgetedCalls;
import dev.papertape.command.market.WireProtocol;
import dev.papertape.contracts.budget.Admission.Wish;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.market.Symbol;
import dev.papertape.contracts.market.Venue;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** What any venue can be asked for beside its own books: a symbol's price, and its clock. */
public final class VenueQuotes {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BINANCE_PRICE_WEIGHT = 2;

  private final RestCalls rest;
  private final WireProtocol wire;
  private final BudgetedCalls calls;
  private final InstantSource clock;

  /**
   * @param clock our own, which the venue's is compared with
   */
  public VenueQuotes(
      BudgetedCalls calls,
      WireProtocol wire,
      Venue venue,
      URI base,
      Duration timeout,
      InstantSource clock) {
    this.rest = new RestCalls(calls, wire, venue, base, timeout);
    this.wire = wire;
    this.calls = calls;
    this.clock = clock;
  }

  public Venue venue() {
    return rest.venue();
  }

  /** What {@link #price} asks of the ledger. */
  public Wish priceWish() {
    return new Wish(Capability.PRICE, priceWeight(), 0, null, false);
  }

  private long priceWeight() {
    return switch (wire) {
      case BINANCE_SPOT, BINANCE_FUTURES -> BINANCE_PRICE_WEIGHT;
      case COINBASE, COINBASE_PRO, KRAKEN, KRAKEN_V1 -> 1;
    };
  }

  /**
   * The last price, or the middle of the touch, as the venue tells it.
   *
   * @throws IOException when it tells none
   */
  public BigDecimal price(Symbol symbol) throws IOException, InterruptedException {
    JsonNode answer = JSON.readTree(rest.get(Capability.PRICE, pricePath(symbol), priceWeight()));
    return switch (wire) {
      case BINANCE_SPOT, BINANCE_FUTURES -> number(answer.path("price"));
      case COINBASE, COINBASE_PRO -> middle(answer.path("best_bid"), answer.path("best_ask"));
      case KRAKEN, KRAKEN_V1 -> {
        JsonNode pair = onlyOf(answer);
        yield middle(pair.path("b").path(0), pair.path("a").path(0));
      }
    };
  }

  private String pricePath(Symbol symbol) {
    return switch (wire) {
      case BINANCE_SPOT, BINANCE_FUTURES ->
          "/api/v3/ticker/price?symbol=" + symbol.base() + symbol.quote();
      case COINBASE, COINBASE_PRO ->
          "/api/v3/brokerage/market/products/"
              + symbol.base()
              + "-"
              + symbol.quote()
              + "/ticker?limit=1";
      case KRAKEN, KRAKEN_V1 -> "/0/public/Ticker?pair=" + symbol.base() + "/" + symbol.quote();
    };
  }

  /** Asks the venue's clock and tells the gate what it showed. */
  public void syncClock() throws IOException, InterruptedException {
    Instant asked = clock.instant();
    JsonNode answer = JSON.readTree(rest.get(Capability.SERVER_TIME, timePath()));
    Instant answered = clock.instant();
    String venue = rest.venue().name();
    switch (wire) {
      case BINANCE_SPOT, BINANCE_FUTURES ->
          exact(venue, asked, answered, answer.path("serverTime").asLong());
      case COINBASE, COINBASE_PRO ->
          exact(venue, asked, answered, answer.path("epochMillis").asLong());
      case KRAKEN, KRAKEN_V1 -> {
        Instant second = Instant.ofEpochSecond(onlyTime(answer));
        calls.clocks().observed(venue, asked, answered, second, second.plusMillis(999));
      }
    }
  }

  private String timePath() {
    return switch (wire) {
      case BINANCE_SPOT, BINANCE_FUTURES -> "/api/v3/time";
      case COINBASE, COINBASE_PRO -> "/api/v3/brokerage/time";
      case KRAKEN, KRAKEN_V1 -> "/0/public/Time";
    };
  }

  private void exact(String venue, Instant asked, Instant answered, long millis)
      throws IOException {
    if (millis <= 0) {
      throw new IOException(venue + " tells no time");
    }
    Instant told = Instant.ofEpochMilli(millis);
    calls.clocks().observed(venue, asked, answered, told, told);
  }

  private static long onlyTime(JsonNode answer) throws IOException {
    long seconds = answer.path("result").path("unixtime").asLong();
    if (seconds <= 0) {
      throw new IOException("no time in " + answer);
    }
    return seconds;
  }

  private static JsonNode onlyOf(JsonNode answer) throws IOException {
    if (!answer.path("error").isEmpty()) {
      throw new IOException(answer.path("error").path(0).asText());
    }
    for (JsonNode pair : answer.path("result")) {
      return pair;
    }
    throw new IOException("no pair in the answer");
  }

  private static BigDecimal middle(JsonNode bid, JsonNode ask) throws IOException {
    return number(bid).add(number(ask)).divide(BigDecimal.TWO);
  }

  private static BigDecimal number(JsonNode text) throws IOException {
    try {
      BigDecimal price = new BigDecimal(text.asText());
      if (price.signum() <= 0) {
        throw new IOException("no price: " + text);
      }
      return price;
    } catch (NumberFormatException none) {
      throw new IOException("no price: " + text, none);
    }
  }
}
