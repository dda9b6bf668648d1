package dev.papertape.command.market.binance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.papertape.contracts.market.InstrumentRules;
import dev.papertape.contracts.market.Symbol;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code GET /api/v3/exchangeInfo} says of the venue.
 *
 * @param instruments of the symbols that trade now, in the venue's order
 * @param weightPerMinute the REST budget, {@link #USUAL_WEIGHT} if it is not told
 */
public record BinanceExchangeInfo(List<InstrumentRules> instruments, long weightPerMinute) {
  public static final long USUAL_WEIGHT = 6000;

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Throws {@link IllegalArgumentException} if the text is not an exchangeInfo. */
  public static BinanceExchangeInfo parse(String body) {
    try {
      JsonNode root = JSON.readTree(body);
      List<InstrumentRules> instruments = new ArrayList<>();
      for (JsonNode symbol : root.path("symbols")) {
        if (symbol.path("status").asText().equals("TRADING")) {
          instruments.add(rules(symbol));
        }
      }
      if (instruments.isEmpty()) {
        throw new IllegalArgumentException("exchangeInfo lists no symbol that trades");
      }
      return new BinanceExchangeInfo(List.copyOf(instruments), weight(root.path("rateLimits")));
    } catch (JsonProcessingException broken) {
      throw new IllegalArgumentException("exchangeInfo is not JSON", broken);
    }
  }

  private static InstrumentRules rules(JsonNode symbol) {
    return new InstrumentRules(
        new Symbol(text(symbol, "baseAsset") + "-" + text(symbol, "quoteAsset")),
        text(symbol, "symbol"),
        positive(filter(symbol, "PRICE_FILTER"), "tickSize"),
        positive(filter(symbol, "LOT_SIZE"), "stepSize"),
        minNotional(symbol));
  }

  private static BigDecimal minNotional(JsonNode symbol) {
    JsonNode filter = filter(symbol, "NOTIONAL");
    filter = filter.isMissingNode() ? filter(symbol, "MIN_NOTIONAL") : filter;
    return filter.isMissingNode() ? BigDecimal.ZERO : decimal(filter, "minNotional");
  }

  private static JsonNode filter(JsonNode symbol, String type) {
    for (JsonNode filter : symbol.path("filters")) {
      if (filter.path("filterType").asText().equals(type)) {
        return filter;
      }
    }
    return symbol.path("no such filter");
  }

  private static long weight(JsonNode rateLimits) {
    for (JsonNode limit : rateLimits) {
      if (limit.path("rateLimitType").asText().equals("REQUEST_WEIGHT")
          && limit.path("interval").asText().equals("MINUTE")) {
        return limit.path("limit").asLong(USUAL_WEIGHT);
      }
    }
    return USUAL_WEIGHT;
  }

  private static BigDecimal positive(JsonNode node, String field) {
    BigDecimal value = decimal(node, field);
    if (value.signum() <= 0) {
      throw new IllegalArgumentException("exchangeInfo: " + field + " is not positive");
    }
    return value;
  }

  private static BigDecimal decimal(JsonNode node, String field) {
    // Through the text: a JSON number would have lost its digits already.
    return new BigDecimal(text(node, field)).stripTrailingZeros();
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("exchangeInfo: " + field + " is missing");
    }
    return value.textValue();
  }
}
