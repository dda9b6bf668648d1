package dev.papertape.standalone.verb;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code backtest} was asked for.
 *
 * @param recordings readable; empty when it runs over candles
 * @param candles readable; empty when it runs over recordings
 * @param symbol of the one candle file, null to have names tell
 * @param alphas which ones trade, empty for all that can
 * @param terms of trading on candles
 * @param recorded whether events are kept
 * @param data an empty folder to keep the log in; null for one that is thrown away
 */
public record BacktestRequest(
    List<Path> recordings,
    List<Path> candles,
    @Nullable String symbol,
    List<String> alphas,
    Terms terms,
    boolean recorded,
    long seed,
    @Nullable Path data) {
  /**
   * @param spreadBps from bid to ask
   * @param participation share of the previous bar's volume, in (0, 1]
   */
  public record Terms(double spreadBps, double takerBps, BigDecimal participation) {}

  public BacktestRequest {
    recordings = List.copyOf(recordings);
    candles = List.copyOf(candles);
    alphas = List.copyOf(alphas);
  }
}
