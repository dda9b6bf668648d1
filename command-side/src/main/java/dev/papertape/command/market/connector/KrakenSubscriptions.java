package dev.papertape.command.market.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.command.market.contract.WireContracts;
import dev.papertape.command.market.kraken.KrakenDecoder;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Kraken v2. Heartbeats come by themselves once anything is subscribed. The checksum speaks of ten
 * levels a side; what is subscribed to beyond them counts as unverified.
 */
final class KrakenSubscriptions implements Subscriptions {
  private static final int[] DEPTHS_ON_OFFER = {10, 25, 100, 500, 1000};
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int MOST_CANDLES = 720;

  private final RestCalls rest;
  private final Map<Symbol, String> restNames = new ConcurrentHashMap<>();
  private final int depth;

  KrakenSubscriptions(RestCalls rest, ConnectorSettings settings) {
    this.rest = rest;
    int smallest = DEPTHS_ON_OFFER[DEPTHS_ON_OFFER.length - 1];
    for (int i = DEPTHS_ON_OFFER.length - 1; i >= 0; i--) {
      smallest = DEPTHS_ON_OFFER[i] >= settings.snapshotDepth() ? DEPTHS_ON_OFFER[i] : smallest;
    }
    this.depth = smallest;
  }

  /** Kraken answers its errors with 200. */
  @Override
  public List<InstrumentRules> rules(Symbol symbol) throws IOException, InterruptedException {
    String pair = symbol.base() + "/" + symbol.quote();
    try {
      JsonNode rules =
          only(result(Capability.EXCHANGE_INFO, "/0/public/AssetPairs?pair=" + pair, pair));
      WireContracts.SHIPPED.require("kraken-asset-pair", rules);
      String altname = rules.path("altname").asText();
      restNames.put(symbol, altname.isEmpty() ? pair : altname);
      return rules.path("status").asText().equals("online")
          ? List.of(rules(symbol, pair, rules))
          : List.of();
    } catch (JsonProcessingException malformed) {
      throw new IOException(pair + " is described in no way that we know", malformed);
    }
  }

  /** The result of a call about a pair; an error is told with status 200. */
  private JsonNode result(Capability capability, String path, String pair)
      throws IOException, InterruptedException {
    JsonNode answer = JSON.readTree(rest.get(capability, path));
    if (!answer.path("error").isEmpty()) {
      String error = answer.path("error").path(0).asText();
      throw error.startsWith("EQuery:")
          ? new RestCalls.Refused(pair + ": " + error)
          : new IOException(pair + ": " + error);
    }
    return answer.path("result");
  }

  /** Keyed by a name that Kraken chooses. */
  private static JsonNode only(JsonNode result) {
    for (JsonNode each : result) {
      if (each.isContainerNode()) {
        return each;
      }
    }
    return result.path("none");
  }

  /** The newest 720 minutes at most, whatever is asked for; the last one is not over. */
  @Override
  public CandlePage candles(Symbol symbol, Instant from, Instant to)
      throws IOException, InterruptedException {
    String pair = restNames.getOrDefault(symbol, symbol.base() + "/" + symbol.quote());
    long since = from.minus(CandleInterval.ONE_MINUTE.length()).getEpochSecond();
    String path = "/0/public/OHLC?pair=" + pair + "&interval=1&since=" + since;
    try {
      JsonNode rows = only(result(Capability.OHLCV, path, pair));
      CandleRows read = CandleRows.read(rows, "kraken-ohlc-row", KrakenSubscriptions::bar);
      boolean cut = rows.size() >= MOST_CANDLES;
      Instant running = read.dropNewest(from);
      Instant oldest = cut && !read.bars().isEmpty() ? read.bars().getFirst().openTime() : from;
      Instant begin = oldest.isAfter(from) ? oldest : from;
      Instant end = running.isBefore(to) ? running : to;
      return read.page(begin, end.isBefore(begin) ? begin : end);
    } catch (JsonProcessingException malformed) {
      throw new IOException(path + " answered no JSON", malformed);
    }
  }

  private static Bar bar(JsonNode row) {
    return new Bar(
        Instant.ofEpochSecond(row.path(0).asLong()),
        CandleRows.decimal(row.path(1)),
        CandleRows.decimal(row.path(2)),
        CandleRows.decimal(row.path(3)),
        CandleRows.decimal(row.path(4)),
        CandleRows.decimal(row.path(6)),
        CandleRows.decimal(row.path(5)),
        row.path(7).longValue());
  }

  private static InstrumentRules rules(Symbol symbol, String pair, JsonNode rules) {
    BigDecimal tick =
        rules.path("tick_size").isTextual()
            ? new BigDecimal(rules.path("tick_size").textValue()).stripTrailingZeros()
            : BigDecimal.ONE.movePointLeft(rules.path("pair_decimals").asInt());
    return new InstrumentRules(
        symbol,
        pair,
        tick,
        BigDecimal.ONE.movePointLeft(rules.path("lot_decimals").asInt()),
        new BigDecimal(rules.path("costmin").asText("0")).stripTrailingZeros());
  }

  @Override
  public FrameDecoder decoder(Acknowledgements acknowledgements) {
    return new KrakenDecoder(new PairNames('/', Map.of()), acknowledgements);
  }

  @Override
  public List<String> everything(List<String> wireSymbols) {
    return List.of(
        book("subscribe", wireSymbols).toString(),
        subscribe("trade", wireSymbols, parameters -> parameters.put("snapshot", false)),
        subscribe("ohlc", wireSymbols, parameters -> parameters.put("interval", 1)));
  }

  @Override
  public List<String> booksAnew(List<String> wireSymbols, long request) {
    return List.of(
        book("unsubscribe", wireSymbols).put("req_id", request).toString(),
        book("subscribe", wireSymbols).put("req_id", request + 1).toString());
  }

  private ObjectNode book(String method, List<String> symbols) {
    return message(method, "book", symbols, parameters -> parameters.put("depth", depth));
  }

  private static String subscribe(String channel, List<String> symbols, Consumer<ObjectNode> more) {
    return message("subscribe", channel, symbols, more).toString();
  }

  private static ObjectNode message(
      String method, String channel, List<String> symbols, Consumer<ObjectNode> more) {
    ObjectNode message = JSON.createObjectNode().put("method", method);
    ObjectNode parameters = message.putObject("params").put("channel", channel);
    ArrayNode names = parameters.putArray("symbol");
    symbols.forEach(names::add);
    more.accept(parameters);
    return message;
  }
}
