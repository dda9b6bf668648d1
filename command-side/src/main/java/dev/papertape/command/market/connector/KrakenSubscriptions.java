package dev.papertape.command.market.connector;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.papertape.command.market.kraken.KrakenDecoder;
import dev.papertape.command.market.wire.Acknowledgements;
import dev.papertape.command.market.wire.FrameDecoder;
import dev.papertape.command.market.wire.PairNames;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Kraken v2. Heartbeats come by themselves once anything is subscribed. The checksum speaks of ten
 * levels a side; what is subscribed to beyond them counts as unverified.
 */
final class KrakenSubscriptions implements Subscriptions {
  private static final int[] DEPTHS_ON_OFFER = {10, 25, 100, 500, 1000};
  private static final ObjectMapper JSON = new ObjectMapper();

  private final RestCalls rest;
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
    String body = rest.get("/0/public/AssetPairs?pair=" + pair);
    try {
      JsonNode answer = JSON.readTree(body);
      if (!answer.path("error").isEmpty()) {
        String error = answer.path("error").path(0).asText();
        throw error.startsWith("EQuery:")
            ? new RestCalls.Refused(pair + ": " + error)
            : new IOException(pair + ": " + error);
      }
      JsonNode rules = answer.path("result").path(0);
      for (JsonNode only : answer.path("result")) {
        rules = only;
      }
      return rules.path("status").asText().equals("online")
          ? List.of(rules(symbol, pair, rules))
          : List.of();
    } catch (JsonProcessingException | NumberFormatException malformed) {
      throw new IOException(pair + " is described in no way that we know", malformed);
    }
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
