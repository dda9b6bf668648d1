package dev.papertape.simulator.binance;

import java.util.List;
import java.util.Map;

/** Request weights as Binance documents them; a refused call costs as much as a served one. */
public final class RequestCost {

  private RequestCost() {}

  /** Weight of one call; 1 for a path or parameter that will be refused anyway. */
  public static int of(String path, Map<String, List<String>> parameters) {
    return switch (path) {
      case "/api/v3/exchangeInfo" -> 20;
      case "/api/v3/depth" -> depth(parameters.getOrDefault("limit", List.of()));
      case "/api/v3/klines" -> 2;
      case "/api/v3/aggTrades" -> 4;
      case "/api/v3/ticker/price", "/api/v3/ticker/bookTicker" ->
          parameters.containsKey("symbol") ? 2 : 4;
      default -> 1;
    };
  }

  private static int depth(List<String> limits) {
    long limit;
    try {
      limit = limits.isEmpty() ? 100 : Long.parseLong(limits.getFirst());
    } catch (NumberFormatException refusedLater) {
      return 5;
    }
    if (limit <= 100) {
      return 5;
    }
    if (limit <= 500) {
      return 25;
    }
    return limit <= 1000 ? 50 : 250;
  }
}
