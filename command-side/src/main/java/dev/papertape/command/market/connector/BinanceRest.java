package dev.papertape.command.market.connector;

import dev.papertape.command.market.binance.BinanceExchangeInfo;
import dev.papertape.command.market.contract.WireContracts;
import dev.papertape.contracts.budget.Capability;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Binance's public REST calls with their weights. Blocking; throws {@link IOException} only. */
final class BinanceRest {
  private static final int EXCHANGE_INFO_WEIGHT = 20;
  private static final int KLINES_WEIGHT = 2;
  static final int MOST_KLINES = 1000;

  private final RestCalls calls;

  BinanceRest(RestCalls calls) {
    this.calls = calls;
  }

  /**
   * What the venue says of one symbol. Asked one by one, because an unknown symbol in a list makes
   * Binance refuse the whole list, and a list of all symbols weighs tens of megabytes.
   */
  BinanceExchangeInfo exchangeInfo(String wireSymbol) throws IOException, InterruptedException {
    byte[] body =
        calls.get(
            Capability.EXCHANGE_INFO,
            "/api/v3/exchangeInfo?symbol=" + wireSymbol,
            EXCHANGE_INFO_WEIGHT);
    WireContracts.SHIPPED.require("binance-exchange-info", body);
    try {
      return BinanceExchangeInfo.parse(new String(body, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }

  byte[] depth(String wireSymbol, int levels) throws IOException, InterruptedException {
    return calls.get(Capability.L2_SNAPSHOT, depthPath(wireSymbol, levels), depthWeight(levels));
  }

  /** At most {@link #MOST_KLINES} of the minutes that open in {@code [from, to)}. */
  byte[] klines(String wireSymbol, Instant from, Instant to)
      throws IOException, InterruptedException {
    String path =
        "/api/v3/klines?symbol="
            + wireSymbol
            + "&interval=1m&startTime="
            + from.toEpochMilli()
            + "&endTime="
            + (to.toEpochMilli() - 1)
            + "&limit="
            + MOST_KLINES;
    return calls.get(Capability.OHLCV, path, KLINES_WEIGHT);
  }

  static String depthPath(String wireSymbol, int levels) {
    return "/api/v3/depth?symbol=" + wireSymbol + "&limit=" + levels;
  }

  /** Weight of {@code GET /api/v3/depth}. */
  static int depthWeight(int levels) {
    return levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1000 ? 50 : 250;
  }
}
