package dev.papertape.command.market.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.command.market.coinbase.CoinbaseDecoder;
import dev.papertape.command.market.contract.WireContracts;
import dev.papertape.command.market.wire.Acknowledgements;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.command.market.wire.PairNames;
import dev.papertape.contracts.budget.Capability;
import dev.papertape.contracts.market.Bar;
import dev.papertape.contracts.market.CandleInterval;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Coinbase Advanced Trade. Heartbeats come first: without them quiet channels close after 60 to 90
 * s, and a connection that asks for nothing within 5 s is closed at once.
 */
final class CoinbaseSubscriptions implements Subscriptions {
  private static final String LEVEL2 = "level2";
  private static final String PRODUCTS = "/api/v3/brokerage/market/products/";
  private static final Duration MOST_CANDLES = Duration.ofMinutes(350);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RestCalls rest;

  CoinbaseSubscriptions(RestCalls rest, ConnectorSettings settings) {
    this.rest = rest;
  }

  @Override
  public List<InstrumentRules> rules(Symbol symbol) throws IOException, InterruptedException {
    String product = product(symbol);
    byte[] body = rest.get(Capability.EXCHANGE_INFO, PRODUCTS + product);
    try {
      JsonNode answer = JSON.readTree(body);
      WireContracts.SHIPPED.require("coinbase-product", answer);
      boolean trades =
          answer.path("status").asText().equals("online")
              && !answer.path("trading_disabled").asBoolean();
      return trades
          ? List.of(
              new InstrumentRules(
                  symbol,
                  product,
                  decimal(answer.path("price_increment")),
                  decimal(answer.path("base_increment")),
                  decimal(answer.path("quote_min_size"))))
          : List.of();
    } catch (JsonProcessingException malformed) {
      throw new IOException(product + " is described in no way that we know", malformed);
    }
  }

  private static BigDecimal decimal(JsonNode text) {
    return new BigDecimal(text.asText("0")).stripTrailingZeros();
  }

  private static String product(Symbol symbol) {
    return symbol.base() + "-" + symbol.quote();
  }

  /** Newest first on the wire; none of a minute without trades. */
  @Override
  public CandlePage candles(Symbol symbol, Instant from, Instant to)
      throws IOException, InterruptedException {
    Instant most = from.plus(MOST_CANDLES);
    Instant end = most.isBefore(to) ? most : to;
    String path =
        PRODUCTS
            + product(symbol)
            + "/candles?granularity=ONE_MINUTE&start="
            + from.getEpochSecond()
            + "&end="
            + end.minus(CandleInterval.ONE_MINUTE.length()).getEpochSecond();
    byte[] body = rest.get(Capability.OHLCV, path);
    try {
      return CandleRows.read(
              JSON.readTree(body).path("candles"), "coinbase-candle", CoinbaseSubscriptions::bar)
          .page(from, end);
    } catch (JsonProcessingException malformed) {
      throw new IOException(path + " answered no JSON", malformed);
    }
  }

  private static Bar bar(JsonNode row) {
    return new Bar(
        Instant.ofEpochSecond(row.path("start").asLong()),
        CandleRows.decimal(row.path("open")),
        CandleRows.decimal(row.path("high")),
        CandleRows.decimal(row.path("low")),
        CandleRows.decimal(row.path("close")),
        CandleRows.decimal(row.path("volume")),
        null,
        null);
  }

  @Override
  public FrameDecoder decoder(Acknowledgements acknowledgements) {
    return new CoinbaseDecoder(new PairNames('-', Map.of()), acknowledgements);
  }

  @Override
  public List<String> everything(List<String> wireSymbols) {
    return List.of(
        message("subscribe", "heartbeats", wireSymbols),
        message("subscribe", LEVEL2, wireSymbols),
        message("subscribe", "market_trades", wireSymbols));
  }

  @Override
  public List<String> booksAnew(List<String> wireSymbols, long request) {
    return List.of(
        message("unsubscribe", LEVEL2, wireSymbols), message("subscribe", LEVEL2, wireSymbols));
  }

  private static String message(String type, String channel, List<String> products) {
    ObjectNode message = JSON.createObjectNode().put("type", type).put("channel", channel);
    ArrayNode ids = message.putArray("product_ids");
    products.forEach(ids::add);
    return message.toString();
  }
}
